import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collectRequest, openCollectionViewRequest } from "../../contracts/legal/collections.ts";
import type { Actor } from "../actor.ts";
import { collectForRequest } from "../legal/collections/collectForRequest.ts";
import { nameParticipant } from "../legal/collections/nameParticipant.ts";
import { setAside } from "../legal/collections/setAside.ts";
import { takeBack } from "../legal/collections/takeBack.ts";
import { approvedCase, collectedCase, rename, revise, viewOf } from "../legal/test/collected.ts";
import { hear } from "../live/hub.ts";
import { makeWorld, type Person, type World } from "../test/world.ts";
import { addRule } from "./addRule.ts";
import { checkView } from "./checkView.ts";
import { closeView } from "./closeView.ts";
import { openCollectionView } from "./openCollectionView.ts";
import { readCollectionView } from "./readCollectionView.ts";
import { readView } from "./readView.ts";
import { redactByHand } from "./redactByHand.ts";

let world: World;
let first: Person;
let second: Person;

beforeAll(async () => {
  world = await makeWorld();
  first = await world.person(["legal_counsel"]);
  second = await world.person(["legal_counsel"]);
});
afterAll(() => world.end());

const code = (code: string) => ({ code });
const counsels = () => ({ first, second });
const collected = (...rest: Rest) => collectedCase(world, counsels(), ...rest);
type Rest = [ask?: Parameters<typeof collectedCase>[2], options?: Parameters<typeof collectedCase>[3]];
const read = async (viewId: string, by = first) => (await readCollectionView(by.actor, viewId)).reveal();
const page = (by: Person, id: string, ask: object) =>
  openCollectionView(by.actor, id, openCollectionViewRequest.parse(ask));
const WHY = "This was said to a lawyer of the account's.";

/** The database as a taken-over web process would use it. */
async function asWeb<T>(act: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(world.urls.web, { max: 1, onnotice: () => {} });
  try {
    return await act(sql);
  } finally {
    await sql.end();
  }
}
const openSql = (tx: postgres.ISql, actor: Actor, collection: string, thread: string) =>
  tx`select legal.open_collection_view(${actor as never}::jsonb, ${collection}::uuid, ${thread}::uuid, null, null, 50) as r`;
const readSql = (tx: postgres.ISql, actor: Actor, viewId: string) =>
  tx`select legal.read_collection_view(${actor as never}::jsonb, ${viewId}::uuid, 'view.read') as r`;

describe("promise 1 holds for a review", () => {
  test("a page opens with its view on record: who, which thread, how many messages, for which request", async () => {
    const { found, collection, number } = await collected();
    const view = await page(first, collection.id, { threadId: found.threadId, limit: 5 });
    const content = await read(view.viewId);
    expect(view.messageCount).toBe(5);
    expect(content.messages.map(({ id }) => id)).toEqual(found.messageIds.slice(0, 5));
    expect(content.messages[0]?.revisions).toMatchObject([{ revision: 1, text: "Placeholder message 1." }]);
    const [event] = await world.events("view.opened");
    expect(event).toMatchObject({
      outcome: "done",
      actor_id: first.id,
      thread_id: found.threadId,
      view_id: view.viewId,
      purpose: "legal_process",
      reason: `Lawful request LR-${String(number).padStart(6, "0")}, collection 1`,
    });
    expect(event?.detail).toMatchObject({ collectionId: collection.id, messages: 5, scope: "collection" });
    expect(inspect(await readCollectionView(first.actor, view.viewId))).not.toContain("Placeholder");
  });

  test("nobody reads by rolling back: not in the transaction of the view, under a savepoint, or from beside", async () => {
    const { found, collection } = await collected();
    let viewId = "";
    await asWeb((sql) =>
      sql
        .begin(async (tx) => {
          const [open] = await openSql(tx, first.actor, collection.id, found.threadId);
          viewId = open?.r.viewId;
          expect((await readSql(tx, first.actor, viewId))[0]?.r).toEqual({
            ok: false,
            code: "view-not-committed",
          });
          await tx
            .savepoint(async (inner) => {
              const [again] = await openSql(inner, first.actor, collection.id, found.threadId);
              const [no] = await readSql(inner, first.actor, again?.r.viewId);
              expect(no?.r.code).toBe("view-not-committed");
              throw new Error("roll back");
            })
            .catch(() => {});
          await expect(read(viewId)).rejects.toMatchObject(code("not-found"));
          throw new Error("roll back");
        })
        .catch((error: Error) => expect(error.message).toBe("roll back")),
    );
    await expect(read(viewId)).rejects.toMatchObject(code("not-found"));
  });

  test("an older snapshot, an expired view, a closed one, another's and another session's show nothing", async () => {
    const { found, collection } = await collected();
    const open = () => viewOf(first, collection.id, found.threadId);
    const viewId = await open();
    await asWeb((sql) =>
      sql.begin("isolation level repeatable read", async (tx) => {
        expect((await readSql(tx, first.actor, viewId))[0]?.r.code).toBe("view-not-committed");
      }),
    );
    await expect(read(viewId, second)).rejects.toMatchObject(code("not-found"));
    const session = await world.session(first.id);
    await expect(read(viewId, { ...first, ...session })).rejects.toMatchObject(code("other-session"));
    expect((await checkView(first.actor, viewId)).open).toBe(true);
    await asWeb((sql) =>
      sql.begin(async (tx) => {
        await tx`select now()`;
        await world.admin`update access.views set expires_at = clock_timestamp() where id = ${viewId}`;
        expect((await readSql(tx, first.actor, viewId))[0]?.r.code).toBe("view-expired");
      }),
    );
    const closed = await open();
    await closeView(first.actor, closed);
    await expect(read(closed)).rejects.toMatchObject(code("view-ended"));
    expect((await checkView(first.actor, closed)).open).toBe(false);
  });

  test("a view of a collection opens nothing else: no way that reads a case's thread takes it", async () => {
    const { found, collection } = await collected();
    const viewId = await viewOf(first, collection.id, found.threadId);
    await expect(readView(first.actor, viewId)).rejects.toMatchObject(code("grant-expired"));
    const [row] = await asWeb(
      (sql) => sql`select access.open_view(${first.actor as never}::jsonb, ${collection.id}::uuid) as r`,
    );
    expect(row?.r.code).toBe("not-found");
  });

  test("a review is no work on a case: nobody is told to stand out by it, and it is drawn for review like any", async () => {
    const { found, collection } = await collected();
    const viewId = await viewOf(first, collection.id, found.threadId);
    const [row] = await world.admin`select access.observe_slice(array[${viewId}]::uuid[]) as seen`;
    expect(row?.seen).toBe(0);
    const [reader] = await world.admin`select scope, purpose from access.views where id = ${viewId}`;
    expect(reader).toEqual({ scope: "collection", purpose: "legal_process" });
  });

  test("no more than six hundred views in an hour, of all kinds together", async () => {
    const member = await world.person(["legal_counsel"]);
    const { found, collection } = await collected();
    await world.admin`insert into access.views (id, grant_id, staff_id, session_id, case_id, thread_id, purpose, scope, reason,
        message_ids, places, flag_ids, truncated, opened_at, expires_at, opened_xid)
      select unseal.uuid7(), ${randomUUID()}, ${member.id}, ${member.sessionId}, ${found.id}, ${found.threadId}, 'legal_process',
        'collection', 'Before.', '{}', '{}', '{}', false, now(), now(), pg_current_xact_id() from generate_series(1, 600)`;
    await expect(viewOf(member, collection.id, found.threadId)).rejects.toMatchObject(code("rate-limited"));
  });
});

describe("counsel reads what the request reaches and nothing beside", () => {
  test("counsel cannot read a thread outside the collection, nor one outside their regions", async () => {
    const { collection } = await collected();
    const other = await collected();
    await expect(viewOf(first, collection.id, other.found.threadId)).rejects.toMatchObject(code("not-found"));
    const wide = await world.person(["legal_counsel"], { regions: ["eu", "us"] });
    const { found, requestId, accounts } = await approvedCase(world, counsels());
    const there = await world.case({ accounts: [accounts[0], randomUUID()], region: "us" });
    const both = await collectForRequest(wide.actor, requestId, collectRequest.parse({}));
    expect(both.threads).toBe(2);
    await viewOf(first, both.id, found.threadId);
    await expect(viewOf(first, both.id, there.threadId)).rejects.toMatchObject(code("not-found"));
    await viewOf(wide, both.id, there.threadId);
  });

  test("counsel cannot read after the request was withdrawn: what is open ends, and the page is told", async () => {
    const { found, requestId, collection } = await collected();
    const viewId = await viewOf(first, collection.id, found.threadId);
    await read(viewId);
    const heard: object[] = [];
    const stop = await hear((announcement) => heard.push(announcement));
    await world.admin`update legal.requests set state = 'withdrawn', ended_by = ${first.id}, ended_reason = 'Withdrawn by letter.'
      where id = ${requestId}`;
    await expect(read(viewId)).rejects.toMatchObject(code("view-ended"));
    await expect(viewOf(first, collection.id, found.threadId)).rejects.toMatchObject(
      code("request-not-approved"),
    );
    await expect.poll(() => heard).toContainEqual(expect.objectContaining({ type: "view_ended", viewId }));
    stop();
    const [denied] = await world.events("view.read");
    expect(denied).toMatchObject({ outcome: "denied", view_id: viewId, thread_id: found.threadId });
  });

  test("counsel cannot read once a check of the requester has failed, the request has changed, or nothing is held", async () => {
    const open = async () => {
      const made = await collected();
      return { ...made, viewId: await viewOf(first, made.collection.id, made.found.threadId) };
    };
    const doubted = await open();
    await world.admin`insert into legal.verifications (request_id, requester_version, kind, outcome, staff_id, session_id, note, event_id)
      values (${doubted.requestId}, 1, 'domain', 'failed', ${first.id}, ${first.sessionId}, 'Another domain.', ${randomUUID()})`;
    await expect(read(doubted.viewId)).rejects.toMatchObject(code("view-ended"));
    await expect(viewOf(first, doubted.collection.id, doubted.found.threadId)).rejects.toMatchObject(
      code("check-failed"),
    );

    const changed = await open();
    await world.admin`update legal.requests set scope_version = 2, approved_version = 2, approved_at = now() where id = ${changed.requestId}`;
    await expect(read(changed.viewId)).rejects.toMatchObject(code("view-ended"));
    await expect(viewOf(first, changed.collection.id, changed.found.threadId)).rejects.toMatchObject(
      code("collection-outdated"),
    );

    const loose = await open();
    await world.admin`update legal.holds set release_asked_by = ${first.id}, release_asked_at = now(), release_reason = 'Not needed.',
      released_by = ${second.id}, released_at = now() where request_id = ${loose.requestId}`;
    await expect(read(loose.viewId)).rejects.toMatchObject(code("view-ended"));
    await expect(viewOf(first, loose.collection.id, loose.found.threadId)).rejects.toMatchObject(
      code("not-held"),
    );
  });

  test("counsel who is counsel no more reads nothing, and no other role ever does", async () => {
    const { found, collection } = await collected();
    const member = await world.person(["legal_counsel"]);
    const viewId = await viewOf(member, collection.id, found.threadId);
    await world.admin`update staff.members set roles = '{moderator}' where id = ${member.id}`;
    await expect(read(viewId, member)).rejects.toMatchObject(code("wrong-role"));
    for (const role of ["compliance_officer", "specialist", "lead", "administrator", "auditor"] as const)
      await expect(viewOf(await world.person([role]), collection.id, found.threadId)).rejects.toMatchObject(
        code("wrong-role"),
      );
  });

  test("a civil subpoena's collection hands out no body, and no name to be looked for", async () => {
    const { found, collection, accounts } = await collected({
      type: "civil_subpoena",
      categories: ["traffic"],
    });
    const viewId = await viewOf(first, collection.id, found.threadId);
    const [row] = await asWeb((sql) => readSql(sql, first.actor, viewId));
    expect(row?.r.messages).toHaveLength(20);
    const sealed = JSON.stringify(row?.r);
    expect(row?.r).toMatchObject({ keys: [], rules: [], aliases: [], bodies: false });
    expect(sealed).not.toMatch(/"body":"|"identity":"/);
    const content = await read(viewId);
    expect(content.messages.every(({ revisions }) => revisions.every(({ text }) => text === null))).toBe(
      true,
    );
    expect(content.participants.map(({ label }) => label).sort()).toEqual(
      ["Participant 1", accounts[0]].sort(),
    );
    const decide = {
      viewId,
      messageId: found.messageIds[0] as string,
      revision: 1,
      from: 0,
      to: 3,
      reason: WHY,
    };
    await expect(redactByHand(first.actor, collection.id, decide)).rejects.toMatchObject(code("no-bodies"));
  });

  test("a restricted thread is read, since the request reaches it, and each view says that it is one", async () => {
    const { found, collection } = await collected({}, { restrictedSubject: "child_safety" });
    expect(collection.counts.restricted).toBe(1);
    await viewOf(first, collection.id, found.threadId);
    const [event] = await world.events("view.opened");
    expect(event?.detail).toMatchObject({ restricted: "child_safety" });
  });

  test("a page lies where the one before ended, or begins at a moment; what is no place is refused", async () => {
    const { found, collection } = await collected();
    const ids: string[] = [];
    let after: string | null = null;
    for (let n = 0; n < 3; n++) {
      const view = await page(first, collection.id, { threadId: found.threadId, after, limit: 7 });
      const content = await read(view.viewId);
      ids.push(...content.messages.map(({ id }) => id));
      expect(content.nextAfter).toBe(view.nextAfter);
      after = view.nextAfter;
    }
    expect([ids, after]).toEqual([found.messageIds, null]);
    const at = await page(first, collection.id, { threadId: found.threadId, at: "2026-01-01T00:18:00Z" });
    expect(at).toMatchObject({ messageCount: 2, nextAfter: null });
    await expect(
      page(first, collection.id, { threadId: found.threadId, at: "2027-01-01T00:00:00Z" }),
    ).rejects.toMatchObject(code("nothing-there"));
    expect(() => openCollectionViewRequest.parse({ threadId: found.threadId, after: "made-up" })).toThrow();
  });

  test("every wording is shown, edited and deleted ones as what they are", async () => {
    const { found, requestId } = await approvedCase(world, counsels());
    await revise(world, found, 2, { body: "Reworded later." });
    await revise(world, found, 3, { body: null, deleted: true });
    const collection = await collectForRequest(first.actor, requestId, collectRequest.parse({}));
    const { messages } = await read(await viewOf(first, collection.id, found.threadId));
    expect(messages[2]?.revisions.map(({ text }) => text)).toEqual([
      "Placeholder message 3.",
      "Reworded later.",
    ]);
    expect(messages[3]?.revisions.map(({ text }) => text)).toEqual(["Placeholder message 4.", null]);
    expect([messages[2]?.deletedAt, messages[3]?.deletedAt !== null]).toEqual([null, true]);
  });
});

describe("third parties are not shown, in whatever words", () => {
  test("neither handle nor name nor id of a third party is in the answer, until counsel names them with a reason", async () => {
    const { found, requestId, accounts } = await approvedCase(
      world,
      counsels(),
      {},
      { bodies: ["Ask @account-1 or Example 1.", "I am EXAMPLE 1, account-0 knows me.", "Nothing."] },
    );
    const collection = await collectForRequest(first.actor, requestId, collectRequest.parse({}));
    const content = await read(await viewOf(first, collection.id, found.threadId));
    const said = JSON.stringify(content);
    expect(said).not.toMatch(/account-1|example 1/i);
    expect(said).not.toContain(accounts[1]);
    expect(content.messages[1]?.revisions[0]?.text).toContain("account-0 knows me.");
    expect(content.messages[0]?.revisions[0]?.marks.map(({ kind }) => kind)).toEqual([
      "third_party",
      "third_party",
    ]);
    const other = content.participants.find(({ namedBy }) => namedBy === null);
    expect(other).toMatchObject({ label: "Participant 1", handle: null, displayName: null });

    const name = (reason: string) =>
      nameParticipant(first.actor, collection.id, {
        threadId: found.threadId,
        participantId: other?.id ?? "",
        reason,
      });
    await expect(name("because")).rejects.toMatchObject(code("reason-without-substance"));
    const { decisionId } = await name("The order names this person by their full name.");
    await expect(name("The order names this person by name.")).rejects.toMatchObject(code("already-named"));
    const named = await read(await viewOf(first, collection.id, found.threadId));
    expect(named.messages[0]?.revisions[0]?.text).toBe("Ask @account-1 or Example 1.");
    expect(named.participants.map(({ namedBy, label }) => [namedBy, label]).sort()).toEqual(
      [
        ["counsel", accounts[1]],
        ["request", accounts[0]],
      ].sort(),
    );
    await takeBack(first.actor, collection.id, { decisionId, reason: "The order was misread by us." });
    expect(JSON.stringify(await read(await viewOf(first, collection.id, found.threadId)))).not.toMatch(
      /account-1|example 1/i,
    );
  });

  test("a name of before is not shown either, and what intake wrote over is what the packet says", async () => {
    const { found, requestId } = await approvedCase(
      world,
      counsels(),
      {},
      { bodies: ["Formerly Example 1."] },
    );
    const collection = await collectForRequest(first.actor, requestId, collectRequest.parse({}));
    await world.admin`update sealed.participants p set identity_ct = o.identity_ct, identity_mac = '\\x01'
      from sealed.participants o where p.thread_id = ${found.threadId} and o.thread_id = p.thread_id and p.ordinal = 2 and o.ordinal = 2`;
    const [kept] =
      await world.admin`select count(*)::int as n from sealed.kept_identities where thread_id = ${found.threadId}`;
    expect(kept?.n).toBe(1);
    expect(JSON.stringify(await read(await viewOf(first, collection.id, found.threadId)))).not.toContain(
      "Example 1",
    );
  });
});

describe("words are redacted where they were seen", () => {
  test("though somebody is renamed meanwhile: their new name moves nothing of what was shown", async () => {
    const body = "Marigold told Example 1 of the violet door.";
    const { found, collection } = await collected({}, { bodies: [body] });
    const viewId = await viewOf(first, collection.id, found.threadId);
    const shown = (await read(viewId)).messages[0]?.revisions[0]?.text ?? "";
    const from = shown.indexOf("violet");
    expect(await rename(world, found, "account-1", "Marigold")).toBe(1);
    await redactByHand(first.actor, collection.id, {
      viewId,
      messageId: found.messageIds[0] ?? "",
      revision: 1,
      from,
      to: from + "violet".length,
      reason: WHY,
    });
    const [kept] = await world.admin`select from_unit, to_unit from legal.decisions
      where collection_id = ${collection.id} and kind = 'redaction'`;
    expect(body.slice(Number(kept?.from_unit), Number(kept?.to_unit))).toBe("violet");
    const later = (await read(await viewOf(first, collection.id, found.threadId))).messages[0];
    expect(later?.revisions[0]?.text).not.toContain("Marigold");
  });

  const TEXT = "Example 1 said: call +1 202 555 0143 \u{1F600} at noon";
  const made = async () => {
    const all = await collected({}, { bodies: [TEXT, "Call +1 202 555 0143."] });
    const viewId = await viewOf(first, all.collection.id, all.found.threadId);
    const content = await read(viewId);
    return { ...all, viewId, text: content.messages[0]?.revisions[0]?.text ?? "" };
  };
  const redact = (
    { collection, found, viewId }: Pick<Awaited<ReturnType<typeof made>>, "collection" | "found" | "viewId">,
    more: { from: number; to: number; reason?: string; messageId?: string; revision?: number },
    by = first,
  ) =>
    redactByHand(by.actor, collection.id, {
      viewId,
      messageId: found.messageIds[0] as string,
      revision: 1,
      reason: "A number of somebody who is not asked about.",
      ...more,
    });

  test("by hand: the places are kept as the message was sent, and of the words a keyed digest alone", async () => {
    const all = await made();
    const from = all.text.indexOf("+1");
    const { decisionId } = await redact(all, { from, to: from + 15 });
    const [row] = await world.admin`select * from legal.decisions where id = ${decisionId}`;
    expect(TEXT.slice(row?.from_unit, row?.to_unit)).toBe("+1 202 555 0143");
    expect(row?.words_mac).toHaveLength(32);
    const [event] = await world.events("legal.redacted");
    expect(JSON.stringify(event)).not.toContain("0143");
    const again = await read(await viewOf(first, all.collection.id, all.found.threadId));
    const mark = again.messages[0]?.revisions[0]?.marks.find(({ kind }) => kind === "hand");
    expect(all.text.slice(mark?.from, mark?.to)).toBe("+1 202 555 0143");
    expect(mark?.decisionId).toBe(decisionId);
  });

  test("what is redacted in one wording is not left in another", async () => {
    const { found, requestId } = await approvedCase(
      world,
      counsels(),
      {},
      { bodies: ["Call +1 202 555 0143.", "Nothing."] },
    );
    await revise(world, found, 0, { body: "Please call +1 202 555 0143 today." });
    const collection = await collectForRequest(first.actor, requestId, collectRequest.parse({}));
    const viewId = await viewOf(first, collection.id, found.threadId);
    await redact({ collection, found, viewId }, { from: 5, to: 20 });
    const { messages } = await read(await viewOf(first, collection.id, found.threadId));
    expect(
      messages[0]?.revisions.map(({ text, marks }) => marks.map(({ from, to }) => text?.slice(from, to))),
    ).toEqual([["+1 202 555 0143"], ["+1 202 555 0143"]]);
  });

  test("half a character, places outside the text and a reason that repeats the words are refused with what to do", async () => {
    const all = await made();
    const smile = all.text.indexOf("\u{1F600}");
    for (const [place, pointer] of [
      [{ from: smile + 1, to: smile + 4 }, "/from"],
      [{ from: 0, to: smile + 1 }, "/to"],
      [{ from: 0, to: 10_000 }, "/to"],
      [{ from: all.text.length - 4, to: all.text.length, reason: "They meet at noon, they say." }, "/reason"],
    ] as const)
      await expect(redact(all, place)).rejects.toMatchObject({ code: "bad-field", errors: [{ pointer }] });
    // The whole character may go, and what stands for a name goes as a whole.
    await redact(all, { from: smile, to: smile + 2 });
    const { decisionId } = await redact(all, { from: 3, to: 8 });
    const [row] = await world.admin`select from_unit, to_unit from legal.decisions where id = ${decisionId}`;
    expect(TEXT.slice(row?.from_unit, row?.to_unit)).toBe("Example 1");
  });

  test("nobody redacts under another's view, an ended one, or what it does not cover", async () => {
    const all = await made();
    const place = { from: 0, to: 5 };
    await expect(redact(all, place, second)).rejects.toMatchObject(code("not-found"));
    await expect(redact(all, { ...place, messageId: randomUUID() })).rejects.toMatchObject(code("not-found"));
    await expect(redact(all, { ...place, revision: 2 })).rejects.toMatchObject(code("not-found"));
    await closeView(first.actor, all.viewId);
    await expect(redact(all, place)).rejects.toMatchObject(code("view-ended"));
    const other = await made();
    await expect(redact({ ...all, viewId: other.viewId }, place)).rejects.toMatchObject(code("not-found"));
  });

  test("by rule: tried on what is seen, sealed when it is added, and marked wherever it finds something", async () => {
    const all = await made();
    const rule = (more: object) =>
      addRule(first.actor, all.collection.id, {
        viewId: all.viewId,
        kind: "phone",
        words: null,
        reason: "Numbers of persons who are not asked about.",
        preview: false,
        ...more,
      });
    expect(await rule({ preview: true })).toEqual({ decisionId: null, matches: 2, messages: 2 });
    const before = await world.admin`select from legal.decisions where collection_id = ${all.collection.id}`;
    expect(before).toHaveLength(0);
    await rule({});
    const { decisionId } = await rule({
      kind: "literal",
      words: "NOON",
      reason: "When they meet is not covered.",
    });
    const [sealed] = await world.admin`select * from sealed.legal_rules where decision_id = ${decisionId}`;
    expect(sealed?.words_ct.toString("latin1")).not.toContain("NOON");
    const content = await read(await viewOf(first, all.collection.id, all.found.threadId));
    expect(content.rules.map(({ kind, words }) => [kind, words])).toEqual([
      ["phone", null],
      ["literal", "NOON"],
    ]);
    const { text, marks } = content.messages[0]?.revisions[0] ?? {};
    expect(marks?.filter(({ kind }) => kind === "rule").map(({ from, to }) => text?.slice(from, to))).toEqual(
      ["+1 202 555 0143", "noon"],
    );
    await expect(rule({ kind: "regex", words: "(?<=x)y" })).rejects.toMatchObject({ code: "bad-field" });
    await expect(
      rule({ kind: "literal", words: "noon", reason: "Noon is not covered." }),
    ).rejects.toMatchObject({
      code: "bad-field",
    });
    const tried = await world.events("legal.rule_tried");
    expect(tried[0]?.detail).toMatchObject({ matches: 2, rule: "phone" });
  });

  test("what is set aside says so to whoever reads on", async () => {
    const all = await made();
    await setAside(first.actor, all.collection.id, {
      threadId: all.found.threadId,
      messageId: all.found.messageIds[1] as string,
      kind: "privileged",
      reason: WHY,
    });
    const { messages } = await read(await viewOf(second, all.collection.id, all.found.threadId), second);
    expect(messages.map((one) => one.setAside?.kind ?? null)).toEqual([null, "privileged"]);
  });
});
