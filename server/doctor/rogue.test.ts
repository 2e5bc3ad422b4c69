import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOGIN_ROLES, type LoginRole } from "../../db/roles/loginRoles.ts";
import { signCheckpoint } from "../../domain/tlog/checkpoint.ts";
import { leafHash, rootOf } from "../../domain/tlog/merkle.ts";
import { closeEverything } from "../../environment/shutdown.ts";
import { openView } from "../disclosure/openView.ts";
import { readView } from "../disclosure/readView.ts";
import { makeWorld, type World } from "../test/world.ts";
import { makeLogKeyFile } from "../tlog/addLogKey.ts";
import { newLogKey } from "../tlog/keyFile.ts";
import { runSequencer } from "../tlog/sequencer/runSequencer.ts";
import { claimCase } from "../triage/claimCase.ts";
import { checkRoles } from "./checkRoles.ts";
import { examine } from "./examine.ts";
import type { Check } from "./finding.ts";

const ORIGIN = "unseal.example.org/audit-log";

let world: World;
let cluster: Sql;
let clusterUrl: URL;
/** The database as the product left it, and as it was some work earlier. */
let original: string;
let backup: string;

beforeAll(async () => {
  world = await makeWorld();
  const [row] = await world.admin`select current_database() as name`;
  original = row?.name;
  const keyFile = join(dirname(world.keyFile), "log-keys.json");
  process.env.LOG_SIGNING_KEY_FILE = keyFile;
  await makeLogKeyFile(world.urls.audit, keyFile, { origin: ORIGIN, afterLoss: false });
  clusterUrl = new URL(world.adminUrl);
  clusterUrl.pathname = "/postgres";
  cluster = postgres(clusterUrl.toString(), { max: 1, onnotice: () => {} });

  await someWork(keyFile);
  backup = await copyOf(original);
  await someWork(keyFile);
});

afterAll(async () => {
  await cluster.unsafe(`drop database if exists ${backup} with (force)`);
  await cluster.end();
  await world.end();
});

/** A case is claimed, opened and read, and the log goes on over it. */
async function someWork(keyFile: string): Promise<void> {
  const stopping = new AbortController();
  const sequencing = runSequencer({ url: world.urls.audit, keyFile, signal: stopping.signal });
  for (let i = 0; i < 2; i++) {
    const { actor } = await world.person(["moderator"]);
    const { id } = await world.case();
    await claimCase(actor, id);
    const view = await openView(actor, id, {
      purpose: "user_report_review",
      scope: "flagged_window",
      preset: true,
    });
    await readView(actor, view.viewId);
  }
  for (let waiting = 1; waiting > 0; await sleep(50)) {
    const [row] = await world.admin`select count(*)::int as n from audit.pending_leaves`;
    waiting = row?.n;
  }
  stopping.abort();
  await sequencing;
  await closeEverything();
}

/** A copy of a database, for somebody to lay hands on. */
async function copyOf(name: string): Promise<string> {
  const copy = `rogue_${randomBytes(6).toString("hex")}`;
  await cluster`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
  await cluster.unsafe(`create database ${copy} template ${name}`);
  return copy;
}

function urlOf(database: string): string {
  const url = new URL(clusterUrl);
  url.pathname = `/${database}`;
  return url.toString();
}

/** Lets somebody at a copy, and answers what the doctor then finds: check and code of each finding. */
async function foundAfter(
  act: (sql: Sql) => Promise<unknown>,
  checks: Check[],
  from = original,
): Promise<string[]> {
  const name = await copyOf(from);
  const sql = postgres(urlOf(name), { max: 2, onnotice: () => {} });
  try {
    await act(sql);
    const { findings, notDone } = await examine(sql, urlOf(name), { checks });
    expect(notDone).toEqual([]);
    return findings.map(({ check, code }) => `${check}: ${code}`);
  } finally {
    await sql.end();
    await cluster.unsafe(`drop database if exists ${name} with (force)`);
  }
}

const anEvent = "(select id from audit.events where action = 'view.opened' order by id limit 1)";
const ofLeaf = `(select log_index from audit.leaves where event_id = ${anEvent})`;

/** What somebody with every right in the database does in SQL alone, and what gives it away. */
const ACTS: { what: string; sql: string; checks: Check[]; finds: string }[] = [
  {
    what: "edits the reason of an event",
    sql: `update audit.events set reason = 'Another reason altogether.' where id = ${anEvent}`,
    checks: ["log"],
    finds: "log: event-differs",
  },
  {
    what: "edits an event and its leaf with it",
    sql: `update audit.events set action = 'case.read' where id = ${anEvent};
      update audit.leaves l set leaf = audit.leaf(e) from audit.events e where e.id = l.event_id and audit.leaf(e) <> l.leaf`,
    checks: ["log"],
    finds: "log: root-differs",
  },
  {
    what: "deletes an event",
    sql: `delete from audit.events where id = ${anEvent}`,
    checks: ["log"],
    finds: "log: event-missing",
  },
  {
    what: "deletes an event and its leaf",
    sql: `with gone as (delete from audit.leaves where event_id = ${anEvent} returning event_id)
      delete from audit.events where id in (select event_id from gone)`,
    checks: ["log"],
    finds: "log: leaf-missing",
  },
  {
    what: "deletes an event with its leaf and closes the gap",
    sql: `create temp table cut as select log_index as at, event_id from audit.leaves where log_index = ${ofLeaf};
      delete from audit.events where id = (select event_id from cut);
      delete from audit.leaves where log_index = (select at from cut);
      update audit.leaves set log_index = -log_index where false;
      create temp table rest as select * from audit.leaves where log_index > (select at from cut);
      delete from audit.leaves where log_index > (select at from cut);
      insert into audit.leaves select log_index - 1, event_id, leaf from rest`,
    checks: ["log"],
    finds: "log: root-differs",
  },
  {
    what: "exchanges two leaves",
    sql: `create temp table two as select * from audit.leaves where log_index in (1, 2);
      delete from audit.leaves where log_index in (1, 2);
      insert into audit.leaves select 3 - log_index, event_id, leaf from two`,
    checks: ["log"],
    finds: "log: root-differs",
  },
  {
    what: "cuts the log's end off, events, leaves and checkpoints",
    sql: `create temp table head as select max(size) as size from audit.checkpoints where size < (select max(size) from audit.checkpoints);
      delete from audit.events where id in (select event_id from audit.leaves where log_index >= (select size from head));
      delete from audit.leaves where log_index >= (select size from head);
      delete from audit.checkpoints where size > (select size from head)`,
    checks: ["log"],
    finds: "log: log-shorter",
  },
  {
    what: "deletes the checkpoints",
    sql: "delete from audit.checkpoints",
    checks: ["log"],
    finds: "log: key-replaced",
  },
  {
    what: "deletes who read what",
    sql: "delete from access.views where id = (select id from access.views order by id limit 1)",
    checks: ["records"],
    finds: "records: event-without-view",
  },
  {
    what: "forges a grant",
    sql: `insert into access.grants (staff_id, session_id, case_id, thread_id, purpose, scope, reason, preset, requirement, expires_at)
      select staff_id, session_id, case_id, thread_id, purpose, 'whole_thread', 'A forged reason of some length.', false, requirement, now() + interval '1 hour'
        from access.grants limit 1`,
    checks: ["records"],
    finds: "records: grant-without-event",
  },
  {
    what: "forges a view under an old event",
    sql: `insert into access.views (id, grant_id, staff_id, session_id, case_id, thread_id, purpose, scope, reason, message_ids, places,
        flag_ids, truncated, opened_at, expires_at, opened_xid, event_id)
      select unseal.uuid7(), grant_id, staff_id, session_id, case_id, thread_id, purpose, scope, reason, message_ids, places,
        flag_ids, truncated, now(), now() + interval '10 minutes', pg_current_xact_id(), event_id from access.views limit 1`,
    checks: ["records"],
    finds: "records: view-without-event",
  },
  {
    what: "forges a view without an event",
    sql: `insert into access.views (id, grant_id, staff_id, session_id, case_id, thread_id, purpose, scope, reason, message_ids, places,
        flag_ids, truncated, opened_at, expires_at, opened_xid)
      select unseal.uuid7(), grant_id, staff_id, session_id, case_id, thread_id, purpose, scope, reason, message_ids, places,
        flag_ids, truncated, now(), now() + interval '10 minutes', pg_current_xact_id() from access.views limit 1`,
    checks: ["records"],
    finds: "records: view-without-event",
  },
  {
    what: "exchanges the messages that a view covers",
    sql: `update access.views set message_ids = (select array_agg(gen_random_uuid()) from unnest(message_ids))
      where id = (select id from access.views order by id limit 1)`,
    checks: ["records"],
    finds: "records: view-without-event",
  },
  {
    what: "widens a grant",
    sql: "update access.grants set scope = 'whole_thread' where id = (select id from access.grants order by id limit 1)",
    checks: ["records"],
    finds: "records: grant-without-event",
  },
  {
    what: "writes an event around the product",
    sql: `insert into audit.events select (jsonb_populate_record(e, jsonb_build_object('id', unseal.uuid7()))).* from audit.events e limit 1`,
    checks: ["log"],
    finds: "log: event-unlogged",
  },
  {
    what: "gives somebody a role behind the log's back",
    sql: "update staff.members set roles = '{specialist}' where id = (select id from staff.members order by id limit 1)",
    checks: ["records"],
    finds: "records: staff-without-event",
  },
  {
    what: "puts a policy of their own in force",
    sql: `update access.policy_versions set state = 'superseded', superseded_at = now() where state = 'active';
      insert into access.policy_versions (state, summary) values ('active', 'Everything for everybody.')`,
    checks: ["records"],
    finds: "records: policy-without-event",
  },
  {
    what: "swaps two ciphertexts between threads",
    sql: `create temp table pair as select distinct on (thread_id) thread_id, id, body_ct, key_id from sealed.messages order by thread_id, id limit 2;
      update sealed.messages m set body_ct = p.body_ct from pair p
       where p.thread_id <> m.thread_id and (m.thread_id, m.id) in (select thread_id, id from pair)`,
    checks: ["sealed"],
    finds: "sealed: ciphertext-does-not-open",
  },
  {
    what: "puts a message of one thread, key and all, into another",
    sql: `with donor as (select * from sealed.messages order by thread_id limit 1),
        target as (select thread_id from sealed.messages order by thread_id desc limit 1),
        key as (insert into sealed.thread_keys select t.thread_id, k.key_id, k.kek_id, k.wrapped, k.created_at
          from sealed.thread_keys k, donor d, target t where k.thread_id = d.thread_id and k.key_id = d.key_id)
      insert into sealed.messages select (jsonb_populate_record(m, jsonb_build_object('thread_id', t.thread_id))).*
        from sealed.messages m, donor d, target t where m.thread_id = d.thread_id and m.id = d.id`,
    checks: ["sealed"],
    finds: "sealed: ciphertext-does-not-open",
  },
  {
    what: "disables the triggers of a table",
    sql: "alter table staff.members disable trigger all",
    checks: ["shape"],
    finds: "shape: trigger-changed",
  },
  {
    what: "makes what every reading asks forget a question",
    sql: `do $do$ begin execute replace(pg_get_functiondef('access.may_read_under(staff.actor, uuid)'::regprocedure),
      'pg_xact_status(v.opened_xid) is distinct from', 'pg_xact_status(v.opened_xid) is null and ''committed'' <>'); end $do$`,
    checks: ["shape"],
    finds: "shape: function-changed",
  },
  {
    what: "switches row-level security off",
    sql: "alter table sealed.messages disable row level security",
    checks: ["shape"],
    finds: "shape: table-changed",
  },
  {
    what: "drops a policy",
    sql: "drop policy web_reads on triage.cases",
    checks: ["shape"],
    finds: "shape: policy-missing",
  },
  {
    what: "lets the web role read ciphertext",
    sql: "grant usage on schema sealed to unseal_web; grant select on sealed.messages to unseal_web",
    checks: ["shape"],
    finds: "shape: table-changed",
  },
  {
    what: "adds a function that hands everything out",
    sql: `create function public.everything() returns setof sealed.messages language sql security definer as 'select * from sealed.messages'`,
    checks: ["shape"],
    finds: "shape: function-added",
  },
  {
    what: "adds a trigger that swallows events",
    sql: `create function public.swallow() returns trigger language plpgsql as 'begin return null; end';
      create trigger swallow before insert on audit.events for each row execute function public.swallow()`,
    checks: ["shape"],
    finds: "shape: trigger-added",
  },
  {
    what: "switches checks off for a whole database",
    sql: `do $do$ begin execute format('alter database %I set session_replication_role = replica', current_database()); end $do$`,
    checks: ["roles"],
    finds: "roles: role-setting",
  },
];

test("of the database as the product left it, the doctor finds nothing but a server without fsync", async () => {
  expect(await foundAfter(async () => {}, ["roles", "shape", "records", "log", "sealed"])).toEqual([
    // True of the cluster that tests run on, and of no other.
    "roles: server-not-durable",
  ]);
});

describe("promise 6, the log cannot be rewritten unnoticed: a rogue administrator with every right in the database", () => {
  test.each(ACTS)("$what: found", async ({ sql, checks, finds }) => {
    expect(await foundAfter((admin) => admin.unsafe(sql).simple(), checks)).toContain(finds);
  });

  test("edits the log, builds the tree anew and signs it with a key of their own: found", async () => {
    const found = await foundAfter(
      async (admin) => {
        await admin.unsafe(`update audit.events set reason = 'Another reason altogether.' where id = ${anEvent};
          update audit.leaves l set leaf = audit.leaf(e) from audit.events e where e.id = l.event_id and audit.leaf(e) <> l.leaf;
          delete from audit.checkpoints; delete from audit.tiles`);
        const leaves = await admin`select leaf from audit.leaves order by log_index`;
        const root = Buffer.from(rootOf(leaves.map((row) => leafHash(Buffer.from(row.leaf)))));
        const { key } = newLogKey(ORIGIN);
        const note = signCheckpoint({ origin: ORIGIN, size: leaves.length, root }, [key.signer]);
        await admin`update audit.log_keys set vkey = ${key.vkey}`;
        await admin`insert into audit.checkpoints (size, root, note) values (${leaves.length}, ${root}, ${note})`;
      },
      ["log"],
    );
    expect(found).toContain("log: key-replaced");
    expect(found).toContain("log: log-forked");
  });

  test("puts an old backup back: found", async () => {
    expect(await foundAfter(async () => {}, ["log"], backup)).toEqual(["log: log-shorter"]);
  });

  test("gives a login role powers beyond its grants: found", async () => {
    const findings = await cluster
      .begin(async (tx) => {
        await tx`alter role unseal_web bypassrls`;
        await tx`grant unseal_owner to unseal_intake`;
        throw Object.assign(new Error("undo"), { findings: await checkRoles(tx as unknown as Sql) });
      })
      .catch((error: { findings?: { code: string }[] }) => error.findings ?? Promise.reject(error));
    const codes = findings.map(({ code }: { code: string }) => code);
    expect(codes).toContain("role-powerful");
    expect(codes).toContain("role-membership");
  });
});

describe("the same by a role that the product logs in as", () => {
  const roles = Object.keys(LOGIN_ROLES) as LoginRole[];
  const cases = roles.flatMap((role) => ACTS.map((act) => ({ role, ...act })));
  test.each(cases)("$role $what: impossible", async ({ role, sql }) => {
    const [before] = await world.admin`select count(*)::int as n, max(id::text) as last from audit.events`;
    const login = postgres(world.urls[role], { max: 1, onnotice: () => {} });
    try {
      await expect(login.unsafe(`begin; ${sql}; commit`).simple()).rejects.toMatchObject({
        code: expect.stringMatching(/^(42501|25006)$/),
      });
    } finally {
      await login.end();
    }
    const [now] = await world.admin`select count(*)::int as n, max(id::text) as last from audit.events`;
    expect(now).toEqual(before);
  });
});
