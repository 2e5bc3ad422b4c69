import { inspect } from "node:util";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { hear } from "../live/hub.ts";
import { type Case, makeWorld, type Person, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { decideCase } from "../triage/decideCase.ts";
import { raiseFlag } from "../triage/raiseFlag.ts";
import { releaseCase } from "../triage/releaseCase.ts";
import { closeView } from "./closeView.ts";
import { openView } from "./openView.ts";
import { readView } from "./readView.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.end());

const PRESET = { purpose: "user_report_review", scope: "flagged_window", preset: true } as const;
const refused = (code: string) => expect.objectContaining({ name: "Refusal", code });

async function claimed(
  options: Parameters<World["case"]>[0] = {},
): Promise<{ moderator: Person; found: Case }> {
  const [moderator, found] = await Promise.all([world.person(["moderator"]), world.case(options)]);
  await claimCase(moderator.actor, found.id);
  return { moderator, found };
}

async function opened() {
  const { moderator, found } = await claimed();
  const view = await openView(moderator.actor, found.id, PRESET);
  return { moderator, found, view };
}

/** The database as a taken-over web process would use it. */
async function asWeb<T>(act: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(world.urls.web, { max: 1, onnotice: () => {} });
  try {
    return await act(sql);
  } finally {
    await sql.end();
  }
}

const openSql = (tx: postgres.ISql, actor: Actor, caseId: string) =>
  tx`select access.request_and_open(${actor as never}::jsonb, ${caseId}::uuid, 'user_report_review', 'flagged_window',
    'Reviewing the reported messages.', false) as r`;
const readSql = (tx: postgres.ISql, actor: Actor, viewId: string) =>
  tx`select access.read_view(${actor as never}::jsonb, ${viewId}::uuid) as r`;

describe("promise 1: no reveal without a committed reason", () => {
  test("a claimed case opens with one preset, and shows the flagged message and five on either side", async () => {
    const { moderator, found, view } = await opened();
    const content = (await readView(moderator.actor, view.viewId)).reveal();
    expect(view.messageCount).toBe(11);
    expect(content.messages.map((m) => m.id)).toEqual(found.messageIds.slice(5, 16));
    expect(content.messages[5]).toMatchObject({ body: "Placeholder message 11.", flagged: true });
    expect(content.gaps).toEqual([{ beforeMessageId: found.messageIds[5], count: 5 }]);
    expect(content.participants[0]).toMatchObject({ pseudonym: "Account 1", handle: "account-0" });
    expect(content.reporterWords).toMatchObject([{ words: "Placeholder words of the reporter." }]);
  });

  test("a view cannot be read inside the transaction that opens it", async () => {
    const { moderator, found } = await claimed();
    await asWeb((sql) =>
      sql.begin(async (tx) => {
        const [open] = await openSql(tx, moderator.actor, found.id);
        expect(open?.r.ok).toBe(true);
        const [read] = await readSql(tx, moderator.actor, open?.r.viewId);
        expect(read?.r).toEqual({ ok: false, code: "view-not-committed" });
      }),
    );
  });

  test("a view cannot be read under a savepoint that is rolled back afterwards", async () => {
    const { moderator, found } = await claimed();
    await asWeb((sql) =>
      sql.begin(async (tx) => {
        await tx
          .savepoint(async (inner) => {
            const [open] = await openSql(inner, moderator.actor, found.id);
            const [read] = await readSql(inner, moderator.actor, open?.r.viewId);
            expect(read?.r).toEqual({ ok: false, code: "view-not-committed" });
            throw new Error("roll back");
          })
          .catch((error: Error) => expect(error.message).toBe("roll back"));
      }),
    );
  });

  test("a rolled-back view cannot be read from another connection", async () => {
    const { moderator, found } = await claimed();
    let viewId = "";
    await asWeb((sql) =>
      sql
        .begin(async (tx) => {
          const [open] = await openSql(tx, moderator.actor, found.id);
          viewId = open?.r.viewId;
          await expect(readView(moderator.actor, viewId)).rejects.toEqual(refused("not-found"));
          throw new Error("roll back");
        })
        .catch(() => {}),
    );
    await expect(readView(moderator.actor, viewId)).rejects.toEqual(refused("not-found"));
  });

  test("switching synchronous_commit off does not let content out before its view is on disk", async () => {
    const { moderator, found } = await claimed();
    await asWeb(async (sql) => {
      await sql`set synchronous_commit = off`;
      const [open] = await openSql(sql, moderator.actor, found.id);
      const [written] = await world.admin`select pg_current_wal_insert_lsn()::text as lsn`;
      const [read] = await readSql(sql, moderator.actor, open?.r.viewId);
      const [flushed] =
        await world.admin`select pg_current_wal_flush_lsn() >= ${written?.lsn}::pg_lsn as yes`;
      expect([read?.r.ok, flushed?.yes]).toEqual([true, true]);
    });
  });

  test("an expired view shows nothing", async () => {
    const { moderator, view } = await opened();
    await world.admin`update access.views set expires_at = now() - interval '1 second' where id = ${view.viewId}`;
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("view-expired"));
  });

  test("a clock that stands still inside a transaction does not keep a view alive", async () => {
    const { moderator, view } = await opened();
    await asWeb((sql) =>
      sql.begin(async (tx) => {
        await tx`select now()`;
        await world.admin`update access.views set expires_at = clock_timestamp() where id = ${view.viewId}`;
        const [read] = await readSql(tx, moderator.actor, view.viewId);
        expect(read?.r.code).toBe("view-expired");
      }),
    );
  });

  test("a closed view shows nothing", async () => {
    const { moderator, view } = await opened();
    await closeView(moderator.actor, view.viewId);
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("view-ended"));
  });

  test("a view ends with the claim and with the decision", async () => {
    const first = await opened();
    await releaseCase(first.moderator.actor, first.found.id);
    await expect(readView(first.moderator.actor, first.view.viewId)).rejects.toEqual(refused("view-ended"));
    const second = await opened();
    await decideCase(second.moderator.actor, second.found.id, {
      outcome: "no_violation",
      action: "none",
      policyId: null,
      note: null,
    });
    await expect(readView(second.moderator.actor, second.view.viewId)).rejects.toEqual(refused("view-ended"));
  });

  test("an edit that came after the view was opened is not shown under it", async () => {
    const { moderator, found, view } = await opened();
    await world.admin`insert into sealed.messages select thread_id, id, 2, platform_message_id, sender_id, sent_at, kind,
      now(), null, key_id, body_ct, content_mac, clock_timestamp() from sealed.messages where id = ${found.messageIds[10] as string}`;
    const content = (await readView(moderator.actor, view.viewId)).reveal();
    expect(content.messages.every((m) => m.revision === 1)).toBe(true);
  });
});

describe("who may not read", () => {
  test("another moderator's view cannot be read", async () => {
    const { view } = await opened();
    const curious = await world.person(["moderator"]);
    await expect(readView(curious.actor, view.viewId)).rejects.toEqual(refused("not-found"));
  });

  test("another session of the same moderator cannot read the view", async () => {
    const { moderator, view } = await opened();
    const other = await world.session(moderator.id);
    await expect(readView(other.actor, view.viewId)).rejects.toEqual(refused("other-session"));
  });

  test("a case that is not claimed opens nothing", async () => {
    const moderator = await world.person(["moderator"]);
    const found = await world.case();
    await expect(openView(moderator.actor, found.id, PRESET)).rejects.toEqual(refused("not-your-claim"));
  });

  test("a case that another moderator claimed opens nothing", async () => {
    const { found } = await claimed();
    const curious = await world.person(["moderator"]);
    await expect(openView(curious.actor, found.id, PRESET)).rejects.toEqual(refused("not-your-claim"));
  });

  test("a lapsed claim opens nothing and finishes no open view", async () => {
    const { moderator, found, view } = await opened();
    await world.admin`update triage.cases set claim_expires_at = now() - interval '1 second' where id = ${found.id}`;
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("not-your-claim"));
    await expect(openView(moderator.actor, found.id, PRESET)).rejects.toEqual(refused("not-your-claim"));
  });

  test("a demoted moderator cannot finish an open view", async () => {
    const { moderator, view } = await opened();
    await world.admin`select staff.change_member(${moderator.id}, '{compliance_officer}', '{eu}', '{}')`;
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("view-ended"));
  });

  test("a demotion behind the functions' back is seen all the same", async () => {
    const { moderator, view } = await opened();
    await world.admin`update staff.members set roles = '{compliance_officer}' where id = ${moderator.id}`;
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("wrong-role"));
  });

  test("a moderator who lost the region cannot finish an open view", async () => {
    const { moderator, view } = await opened();
    await world.admin`update staff.members set regions = '{us}' where id = ${moderator.id}`;
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("not-found"));
  });

  test("a moderator who left the queue cannot finish an open view of it, and the page hears of it at once", async () => {
    const { moderator, view } = await opened();
    const other = await world.queue("Kept");
    await world.admin`select staff.set_queue_membership(${moderator.id}, ${other}, true)`;
    const heard: string[] = [];
    const stop = await hear((what) => {
      if (what.type === "view_ended") heard.push(what.viewId);
    });
    await world.admin`select staff.set_queue_membership(${moderator.id}, ${other}, false)`;
    await readView(moderator.actor, view.viewId);
    await world.admin`select staff.set_queue_membership(${moderator.id}, ${world.queueId}, false)`;
    await expect.poll(() => heard, { timeout: 1_000 }).toContain(view.viewId);
    stop();
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("view-ended"));
  });

  test("a moderator who lost the queue behind the functions' back cannot finish an open view", async () => {
    const { moderator, view } = await opened();
    await world.admin`delete from triage.queue_members where staff_id = ${moderator.id}`;
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("not-found"));
  });

  test("a revoked session cannot finish an open view", async () => {
    const { moderator, view } = await opened();
    await world.admin`select staff.revoke_sessions(${moderator.id})`;
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("not-signed-in"));
  });

  test("a disabled staff member cannot finish an open view", async () => {
    const { moderator, view } = await opened();
    await world.admin`update staff.members set state = 'disabled' where id = ${moderator.id}`;
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("not-signed-in"));
  });

  test("an idle session cannot finish an open view", async () => {
    const { moderator, view } = await opened();
    await world.admin`update staff.sessions set last_seen_at = now() - interval '16 minutes' where id = ${moderator.sessionId}`;
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("not-signed-in"));
  });

  test.each(["compliance_officer", "administrator", "auditor", "legal_counsel"] as const)(
    "the role %s opens nothing, even as a member of the queue",
    async (role) => {
      const person = await world.person([role]);
      const found = await world.case();
      await world.admin`update triage.cases set claimed_by = ${person.id}, claim_expires_at = now() + interval '1 hour' where id = ${found.id}`;
      await expect(openView(person.actor, found.id, PRESET)).rejects.toEqual(refused("wrong-role"));
    },
  );

  test("a restricted case opens for nobody without the clearance", async () => {
    const moderator = await world.person(["moderator"]);
    const found = await world.case({ restrictedSubject: "child_safety" });
    await expect(claimCase(moderator.actor, found.id)).rejects.toEqual(refused("not-found"));
    const cleared = await world.person(["specialist"], { clearances: ["child_safety"] });
    await claimCase(cleared.actor, found.id);
    expect((await openView(cleared.actor, found.id, PRESET)).messageCount).toBe(11);
  });

  test("a moderator's scope does not grow by asking", async () => {
    const { moderator, found } = await claimed();
    const ask = {
      purpose: "user_report_review",
      preset: false,
      reason: "I want to see what else they wrote.",
    } as const;
    await expect(openView(moderator.actor, found.id, { ...ask, scope: "whole_thread" })).rejects.toEqual(
      refused("purpose-not-allowed"),
    );
    await expect(openView(moderator.actor, found.id, { ...ask, scope: "wider_window" })).rejects.toEqual(
      refused("purpose-not-allowed"),
    );
  });

  test.each(["appeal", "security_incident", "legal_process", "quality_review"] as const)(
    "the purpose %s, which has no rule, opens nothing",
    async (purpose) => {
      const { moderator, found } = await claimed();
      await expect(
        openView(moderator.actor, found.id, {
          purpose,
          scope: "flagged_window",
          preset: false,
          reason: "A full sentence of reason.",
        }),
      ).rejects.toEqual(refused("purpose-not-allowed"));
    },
  );

  test("a flag made by staff opens nothing, though they claim the case that it made", async () => {
    const moderator = await world.person(["moderator"]);
    const found = await world.case();
    await claimCase(moderator.actor, found.id);
    await decideCase(moderator.actor, found.id, {
      outcome: "no_violation",
      action: "none",
      policyId: null,
      note: null,
    });
    const raised = await raiseFlag(moderator.actor, found.id, {
      category: "threats",
      severity: "critical",
      reason: "I want to look into this thread again.",
    });
    expect(raised.caseId).not.toBe(found.id);
    await claimCase(moderator.actor, raised.caseId);
    for (const purpose of ["user_report_review", "automated_flag_review"] as const) {
      await expect(
        openView(moderator.actor, raised.caseId, {
          purpose,
          scope: "flagged_window",
          preset: false,
          reason: "Opening it as reported.",
        }),
      ).rejects.toEqual(refused("staff-flag-only"));
    }
  });

  test("a staff flag on an open case does not widen what a view shows", async () => {
    const { moderator, found } = await claimed();
    await raiseFlag(moderator.actor, found.id, {
      category: "threats",
      severity: "critical",
      reason: "There may be more here.",
    });
    expect((await openView(moderator.actor, found.id, PRESET)).messageCount).toBe(11);
  });

  test.each([
    ".",
    "          ",
    "aaaaaaaaaaaaaaa",
    "\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b",
    "",
  ])("the reason %j says nothing and opens nothing", async (reason) => {
    const { moderator, found } = await claimed();
    await expect(
      openView(moderator.actor, found.id, {
        purpose: "user_report_review",
        scope: "flagged_window",
        preset: false,
        reason,
      }),
    ).rejects.toEqual(refused("reason-without-substance"));
  });

  test("nobody reads faster than 600 views an hour, whatever drives the session", async () => {
    const { moderator, found } = await claimed();
    await openView(moderator.actor, found.id, PRESET);
    await world.admin`insert into access.views select unseal.uuid7(), grant_id, staff_id, session_id, case_id, thread_id, purpose,
      scope, reason, message_ids, places, flag_ids, truncated, opened_at, expires_at, opened_xid
      from access.views, generate_series(1, 600) where staff_id = ${moderator.id}`;
    await expect(openView(moderator.actor, found.id, PRESET)).rejects.toEqual(refused("rate-limited"));
  });
});

describe("promise 1, beside the thread and the moment", () => {
  test("a transaction that still sees what was allowed before reads nothing", async () => {
    const { moderator, view } = await opened();
    await asWeb((sql) =>
      sql.begin("isolation level repeatable read", async (tx) => {
        await tx`select 1`;
        const [row] = await readSql(tx, moderator.actor, view.viewId);
        expect(row?.r).toEqual({ ok: false, code: "view-not-committed" });
      }),
    );
  });

  test("a view that no event tells of is not read", async () => {
    const { moderator, view } = await opened();
    await world.admin`update access.views set event_id = null where id = ${view.viewId}`;
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("view-not-committed"));
  });

  test("a thread that was a restricted matter is not read whole under a newer, ordinary report", async () => {
    const [uncleared, cleared, found] = await Promise.all([
      world.person(["specialist"]),
      world.person(["specialist"], { clearances: ["child_safety"] }),
      world.case(),
    ]);
    await world.admin`insert into triage.cases (thread_id, platform_id, queue_id, region, category, severity, restricted_subject,
        priority, sources, message_count, participant_count, minor_count, due_at, state, decided_at)
      select thread_id, platform_id, queue_id, region, 'child_safety', severity, 'child_safety', priority, sources, message_count,
        participant_count, minor_count, due_at, 'decided', now() from triage.cases where id = ${found.id}`;
    const whole = {
      purpose: "user_report_review",
      scope: "whole_thread",
      preset: false,
      reason: "Looking for what led up to this.",
    } as const;
    await claimCase(uncleared.actor, found.id);
    const near = await openView(uncleared.actor, found.id, PRESET);
    await readView(uncleared.actor, near.viewId);
    const all = await openView(uncleared.actor, found.id, whole);
    await expect(readView(uncleared.actor, all.viewId)).rejects.toEqual(refused("not-found"));
    await releaseCase(uncleared.actor, found.id);
    await claimCase(cleared.actor, found.id);
    await readView(cleared.actor, (await openView(cleared.actor, found.id, whole)).viewId);
  });
});

describe("promise 2: if it cannot be audited, it does not happen", () => {
  test("every refusal is an event that survives", async () => {
    const { found } = await claimed();
    const curious = await world.person(["moderator"]);
    await expect(openView(curious.actor, found.id, PRESET)).rejects.toEqual(refused("not-your-claim"));
    const [event] = await world.events("access.requested");
    expect(event).toMatchObject({
      actor_id: curious.id,
      outcome: "denied",
      case_id: found.id,
      detail: { code: "not-your-claim" },
    });
  });

  test.each([
    ["audit.events", "open"],
    ["audit.pending_leaves", "open"],
    ["audit.events", "decide"],
  ] as const)("without %s nobody can %s", async (table, act) => {
    const { moderator, found } = await claimed();
    const name = table.replace(".", "_");
    await world.admin.unsafe(`create function public.full_${name}() returns trigger language plpgsql as
      $$ begin raise exception 'disk full' using errcode = '53100'; end $$;
      create trigger planted before insert on ${table} for each statement execute function public.full_${name}()`);
    try {
      const attempt =
        act === "open"
          ? openView(moderator.actor, found.id, PRESET)
          : decideCase(moderator.actor, found.id, {
              outcome: "no_violation",
              action: "none",
              policyId: null,
              note: null,
            });
      await expect(attempt).rejects.toMatchObject({ name: "DatabaseFailure", sqlstate: "53100" });
    } finally {
      await world.admin.unsafe(`drop trigger planted on ${table}; drop function public.full_${name}()`);
    }
    const [left] =
      await world.admin`select (select count(*)::int from access.views where case_id = ${found.id}) as views,
      (select count(*)::int from triage.decisions where case_id = ${found.id}) as decisions,
      (select state from triage.cases where id = ${found.id}) as state`;
    expect(left).toEqual({ views: 0, decisions: 0, state: "open" });
  });

  test("each event has its leaf, in canonical JSON, with commitments in the place of personal data", async () => {
    const { view } = await opened();
    const rows =
      await world.admin`select e.*, l.leaf from audit.events e join audit.every_leaf l on l.event_id = e.id
      where e.view_id = ${view.viewId}`;
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const leaf = JSON.parse(row.leaf);
      const sorted = Object.fromEntries(Object.entries(leaf).sort(([a], [b]) => (a < b ? -1 : 1)));
      expect(row.leaf).toBe(JSON.stringify(sorted));
      expect(row.leaf).not.toContain("Preset");
      expect(row.leaf).not.toContain("192.0.2.7");
      expect(leaf).toMatchObject({ v: 2, action: row.action, viewId: view.viewId, outcome: "done" });
    }
  });
});

describe("promise 4: bodies are ciphertext at rest, each in its own place", () => {
  test("a ciphertext moved to another message does not open", async () => {
    const { moderator, found, view } = await opened();
    await world.admin`update sealed.messages set body_ct = (select body_ct from sealed.messages where id = ${found.messageIds[9] as string})
      where id = ${found.messageIds[10] as string}`;
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("sealed-damaged"));
  });

  test("ciphertext and key swapped in from another thread do not open", async () => {
    const [mine, other] = [await opened(), await claimed()];
    await world.admin`delete from sealed.thread_keys where thread_id = ${mine.found.threadId}`;
    await world.admin`update sealed.thread_keys set thread_id = ${mine.found.threadId} where thread_id = ${other.found.threadId}`;
    await world.admin`update sealed.messages m set (key_id, body_ct) = (select o.key_id, o.body_ct from sealed.messages o
      where o.thread_id = ${other.found.threadId} limit 1) where m.thread_id = ${mine.found.threadId}`;
    await expect(readView(mine.moderator.actor, mine.view.viewId)).rejects.toEqual(refused("sealed-damaged"));
  });

  test("deleting a thread's data key deletes the thread", async () => {
    const { moderator, found, view } = await opened();
    await world.admin`delete from sealed.thread_keys where thread_id = ${found.threadId}`;
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("sealed-damaged"));
  });

  test("a changed bit is noticed", async () => {
    const { moderator, found, view } = await opened();
    await world.admin`update sealed.messages set body_ct = set_bit(body_ct, 130, 1 - get_bit(body_ct, 130))
      where id = ${found.messageIds[10] as string}`;
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("sealed-damaged"));
  });

  test("opened content is not printed or serialised by accident", async () => {
    const { moderator, view } = await opened();
    const content = await readView(moderator.actor, view.viewId);
    expect(`${content} ${inspect(content, { depth: 9 })} ${inspect({ content })}`).not.toContain(
      "Placeholder",
    );
    expect(() => JSON.stringify({ content })).toThrow(TypeError);
    expect({ ...content }).toEqual({});
  });
});

describe("promise 7: statements are derived from the log, never claimed", () => {
  const decision = { outcome: "no_violation", policyId: null, action: "none", note: null } as const;
  const viewedBy = async (actor: Actor, caseId: string, claim: object) => {
    const { decisionId } = await decideCase(actor, caseId, { ...decision, ...claim } as never);
    const [row] = await world.admin`select d.viewed, e.detail -> 'viewed' as told from triage.decisions d
      join audit.events e on e.decision_id = d.id and e.action = 'case.decided' where d.id = ${decisionId}`;
    return row;
  };

  test("nobody can say that they looked: without a committed view the decision says they did not", async () => {
    const { moderator, found } = await claimed();
    expect(await viewedBy(moderator.actor, found.id, { viewed: true })).toEqual({
      viewed: false,
      told: false,
    });
  });

  test("nobody can say that they did not look", async () => {
    const { moderator, found } = await opened();
    expect(await viewedBy(moderator.actor, found.id, { viewed: false })).toEqual({
      viewed: true,
      told: true,
    });
  });

  test("a colleague's look is not one's own", async () => {
    const { moderator, found } = await opened();
    await releaseCase(moderator.actor, found.id);
    const other = await world.person(["moderator"]);
    await claimCase(other.actor, found.id);
    expect(await viewedBy(other.actor, found.id, {})).toEqual({ viewed: false, told: false });
  });
});
