import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeWorld, type Person, type World } from "../../test/world.ts";
import { type collectedCase, collectedCase as collectedIn, viewOf } from "../test/collected.ts";
import { handInCollection } from "./handInCollection.ts";
import { listCollectedThreads } from "./listCollectedThreads.ts";
import { listDecisions } from "./listDecisions.ts";
import { readCollection } from "./readCollection.ts";
import { reopenCollection } from "./reopenCollection.ts";
import { setAside } from "./setAside.ts";
import { takeBack } from "./takeBack.ts";

let world: World;
let first: Person;
let second: Person;
let officer: Person;

beforeAll(async () => {
  world = await makeWorld();
  first = await world.person(["legal_counsel"]);
  second = await world.person(["legal_counsel"]);
  officer = await world.person(["compliance_officer"]);
});
afterAll(() => world.end());

const code = (code: string) => ({ code });
const WHY = "This was said to a lawyer of the account's.";
const collected = () => collectedIn(world, { first, second });
type Collected = Awaited<ReturnType<typeof collectedCase>>;

const aside = (
  { collection, found }: Collected,
  index: number | null,
  kind: "privileged" | "out_of_scope" | "other" = "privileged",
  by = first,
) =>
  setAside(by.actor, collection.id, {
    threadId: found.threadId,
    messageId: index === null ? null : (found.messageIds[index] as string),
    kind,
    reason: WHY,
  });
const back = ({ collection }: Collected, decisionId: string, by = first) =>
  takeBack(by.actor, collection.id, { decisionId, reason: "It was a mistake of ours." });
const standingOf = async (id: string, round: number) =>
  (await world.admin`select id from legal.standing_decisions(${id}, ${round})`).map(
    (row) => row.id as string,
  );

describe("decisions are added and never changed", () => {
  test("decisions cannot be rewritten, removed or emptied, not by the administrator either", async () => {
    const made = await collected();
    const { decisionId } = await aside(made, 1);
    for (const attempt of [
      () => world.admin`update legal.decisions set reason = 'Another reason.' where id = ${decisionId}`,
      () => world.admin`delete from legal.decisions where id = ${decisionId}`,
      () => world.admin`truncate legal.decisions cascade`,
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "UN041" });
  });

  test("each is an event with its reason, and the list tells who, when, why and what was taken back", async () => {
    const made = await collected();
    const { decisionId } = await aside(made, 1, "out_of_scope");
    await back(made, decisionId, second);
    const kept = await aside(made, 2);
    const { decisions, standing } = await listDecisions(officer.actor, made.collection.id, { limit: 10 });
    expect(decisions).toMatchObject([
      {
        id: kept.decisionId,
        kind: "set_aside",
        withheld: "privileged",
        by: { id: first.id },
        takenBack: null,
      },
      { id: decisionId, withheld: "out_of_scope", reason: WHY, takenBack: { by: { id: second.id } } },
    ]);
    expect(standing).toBe(1);
    const page = await listDecisions(officer.actor, made.collection.id, { limit: 1 });
    const rest = await listDecisions(officer.actor, made.collection.id, {
      limit: 1,
      cursor: page.nextCursor ?? "",
    });
    expect(rest.decisions.map(({ id }) => id)).toEqual([decisionId]);
    const [event] = await world.events("legal.set_aside");
    expect(event).toMatchObject({ reason: WHY, thread_id: made.found.threadId, actor_id: first.id });
    expect(event?.detail).toMatchObject({ decisionId: kept.decisionId, withheld: "privileged" });
  });

  test("of two that take one back at once, one is refused; nothing is set aside twice", async () => {
    const made = await collected();
    const [one] = await Promise.all([aside(made, 1)]);
    const answers = await Promise.allSettled([
      back(made, one.decisionId),
      back(made, one.decisionId, second),
      back(made, one.decisionId),
    ]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const both = await Promise.allSettled([aside(made, 5), aside(made, 5, "other", second)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await aside(made, null);
    await expect(aside(made, 7)).rejects.toMatchObject(code("already-set-aside"));
  });

  test("nothing is set aside that was not collected, or for no reason, or by somebody who may not", async () => {
    const made = await collected();
    const other = await collected();
    await expect(aside({ ...made, found: other.found }, 1)).rejects.toMatchObject(code("not-found"));
    const message = { ...made, found: { ...made.found, messageIds: [randomUUID()] } };
    await expect(aside(message, 0)).rejects.toMatchObject(code("not-found"));
    await expect(
      setAside(first.actor, made.collection.id, {
        threadId: made.found.threadId,
        messageId: null,
        kind: "other",
        reason: "no",
      }),
    ).rejects.toMatchObject(code("reason-without-substance"));
    await expect(aside(made, 1, "other", officer)).rejects.toMatchObject(code("wrong-role"));
    const elsewhere = await collected();
    const { decisionId } = await aside(elsewhere, 1);
    await expect(back(made, decisionId)).rejects.toMatchObject(code("not-found"));
  });
});

describe("a review is handed in and stays so", () => {
  test("what was decided is counted, digested and frozen, and another round leaves it as it was", async () => {
    const made = await collected();
    const id = made.collection.id;
    const one = await aside(made, 1);
    await aside(made, 2, "out_of_scope");
    await expect(handInCollection(first.actor, id, { decisions: 1 })).rejects.toMatchObject(
      code("decisions-changed"),
    );
    expect(await handInCollection(first.actor, id, { decisions: 2 })).toEqual({
      state: "handed_in",
      round: 1,
    });
    const [event] = await world.events("legal.collection_handed_in");
    expect(event?.detail.setAside).toEqual([
      { kind: "out_of_scope", threads: 0, messages: 1 },
      { kind: "privileged", threads: 0, messages: 1 },
    ]);
    for (const late of [
      () => aside(made, 3),
      () => back(made, one.decisionId),
      () => handInCollection(second.actor, id, { decisions: 2 }),
    ])
      await expect(late()).rejects.toMatchObject(code("collection-handed-in"));
    await expect(
      world.admin`insert into legal.decisions (collection_id, request_id, round, kind, thread_id, withheld, reason, staff_id, session_id, event_id)
        values (${id}, ${made.requestId}, 1, 'set_aside', ${made.found.threadId}, 'other', ${WHY}, ${first.id}, ${first.sessionId}, ${randomUUID()})`,
    ).rejects.toMatchObject({ code: "UN041" });
    await expect(
      world.admin`update legal.collection_rounds set digest = sha256('') where collection_id = ${id}`,
    ).rejects.toMatchObject({ code: "UN041" });

    const before = await standingOf(id, 1);
    await expect(reopenCollection(first.actor, id, { reason: "no" })).rejects.toMatchObject(
      code("reason-without-substance"),
    );
    expect(await reopenCollection(second.actor, id, { reason: "One more message was overlooked." })).toEqual({
      state: "in_review",
      round: 2,
    });
    await back(made, one.decisionId);
    await aside(made, null, "other");
    expect(await standingOf(id, 1)).toEqual(before);
    expect(await standingOf(id, 2)).toHaveLength(2);
    await handInCollection(first.actor, id, { decisions: 2 });
    const { rounds, decisions } = await readCollection(officer.actor, id);
    expect(rounds.map(({ n }) => n)).toEqual([1, 2]);
    expect(new Set(rounds.map(({ digest }) => digest)).size).toBe(2);
    // A thread that is set aside counts whole, and single messages of it no more.
    expect(decisions.setAside).toEqual([{ kind: "other", threads: 1, messages: 20 }]);
    const [row] = await world.admin`
      select encode(legal.decisions_digest(${id}, 1), 'hex') as one, encode(legal.decisions_digest(${id}, 2), 'hex') as two`;
    expect([row?.one, row?.two]).toEqual(rounds.map(({ digest }) => digest));
    const { threads } = await listCollectedThreads(first.actor, id, { limit: 10 });
    expect(threads[0]).toMatchObject({ setAside: { kind: "other" }, messagesSetAside: 1 });
  });

  test("of a decision and a hand-in at once, none is lost: it stands before or is refused", async () => {
    for (let n = 0; n < 3; n++) {
      const made = await collected();
      const [decision, handIn] = await Promise.allSettled([
        aside(made, 1),
        handInCollection(second.actor, made.collection.id, { decisions: 0 }),
      ]);
      // Whoever came second is told so.
      expect([decision.status, handIn.status].sort()).toEqual(["fulfilled", "rejected"]);
    }
  });

  test("nothing is decided, handed in or reopened once the request is withdrawn; it is read no more either", async () => {
    const made = await collected();
    const viewId = await viewOf(first, made.collection.id, made.found.threadId);
    await world.admin`update legal.requests set state = 'withdrawn', ended_by = ${first.id}, ended_reason = 'Withdrawn by letter.'
      where id = ${made.requestId}`;
    for (const late of [
      () => aside(made, 1),
      () => handInCollection(first.actor, made.collection.id, { decisions: 0 }),
      () => reopenCollection(first.actor, made.collection.id, { reason: "One more message was overlooked." }),
    ])
      await expect(late()).rejects.toMatchObject(code("request-not-approved"));
    const [end] = await world.admin`select how from access.view_ends where view_id = ${viewId}`;
    expect(end?.how).toBe("revoked");
    expect((await readCollection(officer.actor, made.collection.id)).state).toBe("in_review");
  });

  test("what a builder needs is in order, without a word of what it is about, and no role reads rules by itself", async () => {
    const made = await collected();
    await aside(made, 4);
    const [row] = await world.admin`select legal.decisions_of(${made.collection.id}, 1) as decisions`;
    expect(row?.decisions).toMatchObject([
      {
        kind: "set_aside",
        withheld: "privileged",
        messageId: made.found.messageIds[4],
        reason: WHY,
        by: first.id,
      },
    ]);
    const [rights] = await world.admin`
      select bool_or(has_function_privilege(r, 'legal.rules_of(uuid, integer)', 'execute')) as rules,
             bool_or(has_function_privilege(r, 'legal.sealed_collected(legal.collections, uuid, uuid[])', 'execute')) as content,
             bool_or(has_table_privilege(r, 'sealed.legal_pseudonyms', 'select')) as people
        from unnest(array['unseal_web', 'unseal_intake', 'unseal_worker', 'unseal_audit']) r`;
    expect(rights).toEqual({ rules: false, content: false, people: false });
  });
});
