import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openView } from "../disclosure/openView.ts";
import { type Case, makeWorld, type Person, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { exportEvents } from "./exportEvents.ts";
import { collect } from "./test/collect.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.end());

const refused = (code: string) => expect.objectContaining({ name: "Refusal", code });
const officer = () => world.person(["compliance_officer"], { queues: [] });

async function read(reason: string): Promise<{ moderator: Person; found: Case }> {
  const [moderator, found] = await Promise.all([world.person(["moderator"]), world.case()]);
  await claimCase(moderator.actor, found.id);
  await openView(moderator.actor, found.id, {
    purpose: "user_report_review",
    scope: "flagged_window",
    reason,
    preset: false,
  });
  return { moderator, found };
}

type Line = Record<string, string>;
const rows = (csv: string): Line[] => parse(csv, { columns: true });

describe("an export", () => {
  test("is an event that is committed before its first byte, with format and filters", async () => {
    const { found } = await read("Checking the reported messages for threats.");
    const who = await officer();
    const { eventId, pieces } = await exportEvents(who.actor, { format: "csv", case: found.id });
    const [event] = await world.admin`select * from audit.events where id = ${eventId}`;
    expect(event).toMatchObject({
      actor_id: who.id,
      action: "audit.exported",
      outcome: "done",
      case_id: found.id,
      detail: { format: "csv", filters: { case: found.id } },
    });
    expect((await pieces.next()).value).toMatch(/^"id","at",/);
    await pieces.return();
  });

  test("that cannot be recorded does not begin", async () => {
    const who = await officer();
    await world.admin`alter table audit.pending_leaves add constraint planted check (false) not valid`;
    try {
      await expect(exportEvents(who.actor, { format: "ndjson" })).rejects.toMatchObject({
        name: "DatabaseFailure",
      });
    } finally {
      await world.admin`alter table audit.pending_leaves drop constraint planted`;
    }
    expect((await world.events("audit.exported")).filter((e) => e.actor_id === who.id)).toEqual([]);
  });

  test.each([["moderator"], ["specialist"], ["lead"], ["legal_counsel"], ["administrator"]] as const)(
    "is refused to a %s, and the attempt is on record",
    async (role) => {
      const who = await world.person([role]);
      await expect(exportEvents(who.actor, { format: "csv" })).rejects.toEqual(refused("wrong-role"));
      const [event] = (await world.events("audit.exported")).filter((e) => e.actor_id === who.id);
      expect(event).toMatchObject({ outcome: "denied", detail: { code: "wrong-role", format: "csv" } });
    },
  );

  test("of an auditor holds their range and nothing else", async () => {
    await read("Before the range: checking reported messages.");
    await new Promise((done) => setTimeout(done, 5));
    const from = new Date();
    const inside = await read("Inside the range: checking reported messages.");
    const until = new Date(Date.now() + 5);
    await new Promise((done) => setTimeout(done, 20));
    await read("After the range: checking reported messages.");
    const who = await world.person(["auditor"], { queues: [] });
    await world.admin`update staff.members set reads_from = ${from}, reads_until = ${until} where id = ${who.id}`;
    const lines = rows(await collect(who.actor, { format: "csv" }));
    const reasons = new Set(lines.map((line) => line.reason).filter(Boolean));
    expect([...reasons]).toEqual(["Inside the range: checking reported messages."]);
    expect(lines.some((line) => line.actor_id === inside.moderator.id)).toBe(true);
  });

  test("a formula in a reason does not run in a spreadsheet, and reads as typed in NDJSON", async () => {
    const reason = `=HYPERLINK("https://example.org";"why") checking;=1+1\n@SUM(A1)`;
    const { found } = await read(reason);
    const who = await officer();
    const csv = await collect(who.actor, { format: "csv", case: found.id, action: "view.opened" });
    for (const cut of [",", ";", "\t"]) {
      for (const cell of csv.split(new RegExp(`[${cut}\r\n]`))) expect(cell).not.toMatch(/^["\s]*[=+\-@]/);
    }
    expect(rows(csv)[0]?.reason).toBe(`'=HYPERLINK("https://example.org";"why") checking;'=1+1\n'@SUM(A1)`);
    const ndjson = await collect(who.actor, { format: "ndjson", case: found.id, action: "view.opened" });
    expect(JSON.parse(ndjson).reason).toBe(reason);
  });

  test("carries what proves each event against its leaf, in both formats", async () => {
    const { moderator, found } = await read("Checking the reported messages for threats.");
    const who = await officer();
    const sha = (...parts: (Buffer | string)[]) =>
      parts.reduce<ReturnType<typeof createHash>>((h, p) => h.update(p), createHash("sha256")).digest("hex");
    const csv = rows(await collect(who.actor, { format: "csv", actor: moderator.id }));
    const lines = (await collect(who.actor, { format: "ndjson", actor: moderator.id })).trim().split("\n");
    expect(csv.map((row) => row.action)).toEqual(["case.claimed", "access.requested", "view.opened"]);
    expect(lines).toHaveLength(3);
    for (const [i, row] of csv.entries()) {
      const leaf = JSON.parse(row.leaf as string);
      const salt = Buffer.from(row.leaf_salt as string, "hex");
      expect(leaf).toMatchObject({ id: row.id, at: row.at, action: row.action, caseId: found.id, v: 2 });
      expect(leaf.ipCommitment).toBe(sha(salt, "192.0.2.7"));
      if (row.reason) expect(leaf.reasonCommitment).toBe(sha(salt, row.reason));
      if (row.detail !== "{}") expect(leaf.detailCommitment).toBe(sha(salt, row.detail as string));
      const line = lines[i] as string;
      expect(JSON.parse(line)).toMatchObject({ id: row.id, leaf: row.leaf, actorName: row.actor_name });
      expect(line.endsWith(`,"detail":${row.detail}}`)).toBe(true);
    }
  });

  test("holds every event once and in order over many batches, and none that came after it", async () => {
    const person = await world.person(["moderator"]);
    await world.admin`
      insert into audit.events (id, at, actor_kind, actor_id, action, outcome, leaf_salt)
      select unseal.uuid7(), clock_timestamp(), 'staff', ${person.id}, 'case.claimed', 'done', '\\x00'
        from generate_series(1, 2500)`;
    const who = await officer();
    const { pieces } = await exportEvents(who.actor, { format: "ndjson", actor: person.id });
    const ids: string[] = [];
    let count = 0;
    for await (const piece of pieces) {
      count += 1;
      ids.push(
        ...piece
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line).id),
      );
      await expect(claimCase(person.actor, world.queueId)).rejects.toEqual(refused("not-found"));
    }
    expect(count).toBe(3);
    expect(ids).toHaveLength(2500);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test("of a session that ends in the middle breaks off instead of looking whole", async () => {
    const person = await world.person(["moderator"]);
    await world.admin`
      insert into audit.events (id, at, actor_kind, actor_id, action, outcome, leaf_salt)
      select unseal.uuid7(), clock_timestamp(), 'staff', ${person.id}, 'case.claimed', 'done', '\\x00'
        from generate_series(1, 1500)`;
    const who = await officer();
    const { pieces } = await exportEvents(who.actor, { format: "ndjson", actor: person.id });
    expect((await pieces.next()).done).toBe(false);
    await world.admin`select staff.revoke_sessions(${who.id})`;
    await expect(pieces.next()).rejects.toMatchObject({ name: "ExportCutShort" });
  });

  test("of nothing is a file with a head and no event", async () => {
    const who = await officer();
    const nobody = { actor: "00000000-0000-7000-8000-000000000000" };
    const csv = await collect(who.actor, { format: "csv", ...nobody });
    expect(csv.startsWith('"id","at"')).toBe(true);
    expect(rows(csv)).toEqual([]);
    expect(await collect(who.actor, { format: "ndjson", ...nobody })).toBe("");
  });
});
