import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listEvents } from "../audit/listEvents.ts";
import { openView } from "../disclosure/openView.ts";
import { readView } from "../disclosure/readView.ts";
import { leaveAccount } from "../staff/leaveAccount.ts";
import { listAccounts } from "../staff/listAccounts.ts";
import { ownAccounts } from "../staff/ownAccounts.ts";
import { recordAccount } from "../staff/recordAccount.ts";
import { makeWorld, type Person, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { readCase } from "../triage/readCase.ts";
import { addWatch } from "./addWatch.ts";
import { answerRequest } from "./answerRequest.ts";
import { endWatch } from "./endWatch.ts";
import { listRequests } from "./listRequests.ts";
import { listWatch } from "./listWatch.ts";
import { openRequest } from "./openRequest.ts";
import { readRequest } from "./readRequest.ts";
import { requestAccess } from "./requestAccess.ts";
import { simulatePolicy } from "./simulatePolicy.ts";
import { ask, reason, refused, stageOf } from "./test/stage.ts";

let world: World;
let stage: ReturnType<typeof stageOf>;
let officer: Person;
beforeAll(async () => {
  world = await makeWorld();
  stage = stageOf(world);
  officer = await stage.officer();
});
afterAll(() => world.end());

const PRESET = { purpose: "user_report_review", scope: "flagged_window", preset: true } as const;
let made = 0;
const account = () => `known-${++made}`;
const watch = (participantId: string, until: string | null = null) =>
  addWatch(officer.actor, {
    platformId: world.platformId,
    participantId,
    category: "journalist",
    reason: "Writes about the platform in the press.",
    until,
  });
const record = (by: Person, accountId: string) =>
  recordAccount(by.actor, { platformId: world.platformId, accountId });

async function claimedWith(accounts: string[], by?: Person) {
  const [person, found] = [by ?? (await stage.moderator()), await world.case({ accounts })];
  await claimCase(person.actor, found.id);
  return { by: person, found };
}
const URR = { purpose: "user_report_review", scope: "flagged_window" } as const;

describe("a thread of somebody on the watch list", () => {
  test("opens for nobody alone, whatever the policy says, and with two approvals", async () => {
    const known = account();
    await watch(known);
    const { by, found } = await claimedWith([known, "p-1"], await stage.specialist());
    await expect(openView(by.actor, found.id, PRESET)).rejects.toEqual(refused("needs-two-approvers"));
    const id = await stage.waiting(by, found.id, URR);
    await answerRequest((await stage.lead()).actor, id, "approved", null);
    await expect(openRequest(by.actor, id)).rejects.toEqual(refused("not-approved"));
    await answerRequest((await stage.lead()).actor, id, "approved", null);
    const view = await openRequest(by.actor, id);
    expect((await readView(by.actor, view.viewId)).reveal().messages).toHaveLength(11);
  });

  test("that is open when the entry is made is closed, and the person learns no more than that", async () => {
    const known = account();
    const { by, found } = await claimedWith([known, "p-1"]);
    const view = await openView(by.actor, found.id, PRESET);
    await watch(known);
    await expect(readView(by.actor, view.viewId)).rejects.toEqual(refused("view-ended"));
    await expect(openView(by.actor, found.id, PRESET)).rejects.toEqual(refused("needs-two-approvers"));
  });

  test("is refused at reading too, when the entry was made behind everything that ends views", async () => {
    const known = account();
    const { by, found } = await claimedWith([known, "p-1"]);
    const view = await openView(by.actor, found.id, PRESET);
    await world.admin`insert into access.watch_list (platform_id, participant_id, category, reason, added_by)
      values (${world.platformId}, ${known}, 'official', 'Holds an office.', ${officer.id})`;
    await expect(readView(by.actor, view.viewId)).rejects.toEqual(refused("needs-two-approvers"));
  });

  test("looks to everybody but officers exactly like a colleague's", async () => {
    const [known, colleagues] = [account(), account()];
    await watch(known);
    await record(await stage.lead(), colleagues);
    const by = await stage.specialist();
    const seen: string[] = [];
    for (const one of [known, colleagues]) {
      const { found } = await claimedWith([one, "p-1"], by);
      const code = await openView(by.actor, found.id, PRESET).catch((error) => error.code);
      const detail = await readCase(by.actor, found.id);
      const id = await stage.waiting(by, found.id, URR);
      const request = await readRequest(by.actor, id);
      const lead = await readRequest((await stage.lead()).actor, id);
      seen.push(
        JSON.stringify([code, detail.accessOptions, request.needs, Object.keys(request), Object.keys(lead)]),
      );
    }
    expect(seen[0]).toBe(seen[1]);
    // Nor does the log tell: one's own acts are the person's to read.
    const { events } = await listEvents(by.actor, { limit: 100 } as never);
    expect(JSON.stringify(events)).not.toMatch(/watch|conflict|colleague|journalist/i);
  });

  test("is known to the simulator, for officers alone", async () => {
    const known = account();
    await watch(known);
    const found = await world.case({ accounts: [known, "p-1"] });
    const answer = await simulatePolicy(officer.actor, { versionId: null, caseId: found.id, ...URR });
    expect(answer.subjects).toEqual(["ordinary", "watch_listed"]);
    expect(answer.people.every(({ requirement }) => requirement === "two_approvers")).toBe(true);
    expect(answer.people.some(({ approvers }) => approvers >= 2)).toBe(true);
  });

  test("opens as any other once the entry has ended or run out", async () => {
    const [ended, out] = [account(), account()];
    const { id } = await watch(ended);
    await watch(out, new Date(Date.now() + 60_000).toISOString());
    await endWatch(officer.actor, id);
    await world.admin`update access.watch_list set until = now() - interval '1 second' where participant_id = ${out}`;
    for (const one of [ended, out]) {
      const { by, found } = await claimedWith([one, "p-1"]);
      await openView(by.actor, found.id, PRESET);
    }
    // An entry that ran out makes place for a new one; one that stands does not.
    await watch(out);
    await expect(watch(out)).rejects.toEqual(refused("already-listed"));
  });
});

describe("the watch list", () => {
  test.each(["moderator", "specialist", "lead", "legal_counsel", "administrator", "auditor"] as const)(
    "is closed to the role of %s",
    async (role) => {
      const person = await world.person([role]);
      await expect(listWatch(person.actor)).rejects.toEqual(refused("wrong-role"));
      await expect(endWatch(person.actor, officer.id)).rejects.toEqual(refused("wrong-role"));
      await expect(
        addWatch(person.actor, {
          platformId: world.platformId,
          participantId: "p-0",
          category: "staff",
          reason: "Trying the list of others.",
          until: null,
        }),
      ).rejects.toEqual(refused("wrong-role"));
    },
  );

  test("leaves no account, category or reason in the log", async () => {
    const known = account();
    const { id } = await watch(known);
    await endWatch(officer.actor, id);
    const rows =
      await world.admin`select e.*, l.leaf from audit.events e left join audit.pending_leaves l on l.event_id = e.id
      where e.action like 'watch.%'`;
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toContain(known);
    expect(JSON.stringify(rows)).not.toMatch(/journalist|Writes about/);
  });
});

describe("an account of one's own", () => {
  test("closes its threads to oneself, in one's claim and with any role, until two others approve", async () => {
    const mine = account();
    const by = await stage.specialist();
    await record(by, mine);
    const { found } = await claimedWith([mine, "p-1"], by);
    await expect(openView(by.actor, found.id, PRESET)).rejects.toEqual(refused("needs-two-approvers"));
    await expect(
      requestAccess(
        by.actor,
        found.id,
        ask({ purpose: "threat_to_life", reason: `${reason()} ${reason()}` }),
      ),
    ).resolves.toMatchObject({ state: "pending", needs: 2 });
  });

  test("closes its threads to colleagues too, and its holder approves none of them", async () => {
    const theirs = account();
    const lead = await stage.lead();
    await record(lead, theirs);
    const { by, found } = await claimedWith([theirs, "p-1"], await stage.specialist());
    await expect(openView(by.actor, found.id, PRESET)).rejects.toEqual(refused("needs-two-approvers"));
    const id = await stage.waiting(by, found.id, URR);
    // Nor do they learn that somebody asks.
    await expect(answerRequest(lead.actor, id, "approved", null)).rejects.toEqual(refused("not-found"));
    await expect(readRequest(lead.actor, id)).rejects.toEqual(refused("not-found"));
    const inbox = await listRequests(lead.actor, { box: "inbox", open: true, limit: 100 });
    expect(inbox.requests.map((one) => one.id)).not.toContain(id);
  });

  test("that an approver records after approving takes the approval back", async () => {
    const theirs = account();
    const known = account();
    await watch(known);
    const [one, two] = await Promise.all([stage.lead(), stage.lead()]);
    const { by, found } = await claimedWith([theirs, known], await stage.specialist());
    const id = await stage.waiting(by, found.id, URR);
    for (const { actor } of [one, two]) await answerRequest(actor, id, "approved", null);
    await record(two, theirs);
    await expect(openRequest(by.actor, id)).rejects.toEqual(refused("needs-two-approvers"));
  });

  test("tells whoever records it nothing of who is reading a thread with it", async () => {
    const theirs = account();
    const { by, found } = await claimedWith([theirs, "p-1"]);
    const view = await openView(by.actor, found.id, PRESET);
    const curious = await stage.moderator();
    await record(curious, theirs);
    await expect(readView(by.actor, view.viewId)).rejects.toEqual(refused("view-ended"));
    const { events } = await listEvents(curious.actor, { limit: 100 } as never);
    expect(events.map(({ action }) => action)).toEqual(["account.recorded"]);
    expect(JSON.stringify(events)).not.toContain(found.id);
    expect(JSON.stringify(events)).not.toContain(by.id);
  });

  test("counts for half a year after it was given up: nobody takes it off to look", async () => {
    const mine = account();
    const by = await stage.moderator();
    const { id } = await record(by, mine);
    await leaveAccount(by.actor, id);
    const { found } = await claimedWith([mine, "p-1"], by);
    await expect(openView(by.actor, found.id, PRESET)).rejects.toEqual(refused("needs-two-approvers"));
    await world.admin`update staff.platform_accounts set left_at = now() - interval '181 days' where id = ${id}`;
    await openView(by.actor, found.id, PRESET);
  });

  test("is listed to oneself and to officers, and to nobody else", async () => {
    const mine = account();
    const by = await stage.lead();
    const { id } = await record(by, mine);
    expect((await ownAccounts(by.actor)).accounts.map((one) => one.accountId)).toEqual([mine]);
    expect((await listAccounts(officer.actor)).accounts).toContainEqual(
      expect.objectContaining({ id, accountId: mine, person: expect.objectContaining({ id: by.id }) }),
    );
    for (const role of ["moderator", "lead", "administrator", "auditor"] as const) {
      const person = await world.person([role]);
      await expect(listAccounts(person.actor)).rejects.toEqual(refused("wrong-role"));
      expect((await ownAccounts(person.actor)).accounts).toEqual([]);
      await expect(leaveAccount(person.actor, id)).rejects.toEqual(refused("not-found"));
    }
    expect(JSON.stringify(await world.events("account.recorded"))).not.toContain(mine);
  });

  test("on another platform is another account", async () => {
    const mine = account();
    const by = await stage.moderator();
    const [platform] =
      await world.admin`insert into intake.platforms (slug, name) values ('other-platform', 'Other') returning id`;
    await recordAccount(by.actor, { platformId: platform?.id, accountId: mine });
    const { found } = await claimedWith([mine, "p-1"], by);
    await openView(by.actor, found.id, PRESET);
  });
});
