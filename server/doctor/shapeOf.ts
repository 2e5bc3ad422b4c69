import { createHash } from "node:crypto";
import type { Sql } from "postgres";

/** Everything in a database that decides who may do what: objects by name, each with a digest of its definition. */
export type Shape = ReadonlyMap<string, string>;

const SYSTEM = "n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'";
const acl = (column: string, kind: string, owner: string) =>
  `(select coalesce(string_agg(x::text, ',' order by x::text), '') from unnest(coalesce(${column}, acldefault('${kind}', ${owner}))) x)`;

/**
 * One query a kind. Each answers name and definition. Partitions are looked at together, since how many months there are is
 * no matter of shape: only that all are guarded alike.
 */
const KINDS: Record<string, string> = {
  schema: `select n.nspname, concat_ws(' ', n.nspowner::regrole, ${acl("n.nspacl", "n", "n.nspowner")})
    from pg_namespace n where ${SYSTEM}`,
  function: `select format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)),
      concat_ws(' ', p.proowner::regrole, ${acl("p.proacl", "f", "p.proowner")},
        case when p.prokind = 'a' then 'aggregate' else pg_get_functiondef(p.oid) end)
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${SYSTEM}`,
  table: `select format('%I.%I', n.nspname, c.relname),
      concat_ws(' ', c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.relowner::regrole, ${acl("c.relacl", "r", "c.relowner")},
        c.reloptions::text, case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end, pg_get_partkeydef(c.oid))
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${SYSTEM} and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition`,
  sequence: `select format('%I.%I', n.nspname, c.relname), concat_ws(' ', c.relowner::regrole, ${acl("c.relacl", "s", "c.relowner")})
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${SYSTEM} and c.relkind = 'S'`,
  partitions: `select distinct format('%s %s', i.inhparent::regclass,
        concat_ws(' ', c.relrowsecurity, c.relforcerowsecurity, c.relowner::regrole, ${acl("c.relacl", "r", "c.relowner")})), ''
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
    where ${SYSTEM} and c.relkind = 'r'`,
  column: `select format('%I.%I.%I', n.nspname, c.relname, a.attname),
      concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, a.attacl::text,
        pg_get_expr(d.adbin, d.adrelid))
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where ${SYSTEM} and a.attnum > 0 and not a.attisdropped and not c.relispartition and c.relkind in ('r', 'p', 'v', 'c')`,
  constraint: `select format('%s %I', k.conrelid::regclass, k.conname), concat_ws(' ', pg_get_constraintdef(k.oid), k.convalidated)
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace join pg_class c on c.oid = k.conrelid
    where ${SYSTEM} and not c.relispartition and k.contype <> 'n'`,
  index: `select format('%I.%I', n.nspname, c.relname), concat_ws(' ', pg_get_indexdef(c.oid), x.indisvalid, x.indisunique)
    from pg_index x join pg_class c on c.oid = x.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where ${SYSTEM} and not c.relispartition`,
  trigger: `select format('%s %I', t.tgrelid::regclass, t.tgname), concat_ws(' ', t.tgenabled, pg_get_triggerdef(t.oid))
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where ${SYSTEM} and not t.tgisinternal and not c.relispartition`,
  // What foreign keys are checked with: DISABLE TRIGGER ALL reaches these too.
  "key check": `select format('%s %I', t.tgrelid::regclass, k.conname), string_agg(t.tgenabled::text, '' order by t.tgtype, t.tgfoid)
    from pg_trigger t join pg_constraint k on k.oid = t.tgconstraint join pg_class c on c.oid = t.tgrelid
    join pg_namespace n on n.oid = c.relnamespace
    where ${SYSTEM} and t.tgisinternal and not c.relispartition group by 1`,
  policy: `select format('%s %I', p.polrelid::regclass, p.polname),
      concat_ws(' ', p.polcmd, p.polpermissive, (select string_agg(case r when 0 then 'public' else r::regrole::text end, ',' order by r::regrole::text) from unnest(p.polroles) r),
        pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where ${SYSTEM}`,
  rule: `select format('%s %I', r.ev_class::regclass, r.rulename), concat_ws(' ', r.ev_enabled, pg_get_ruledef(r.oid))
    from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
    where ${SYSTEM} and r.rulename <> '_RETURN'`,
  type: `select format('%I.%I', n.nspname, t.typname), concat_ws(' ', t.typtype, t.typowner::regrole, ${acl("t.typacl", "T", "t.typowner")})
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where ${SYSTEM} and t.typtype in ('e', 'd', 'c') and (t.typrelid = 0 or (select relkind from pg_class where oid = t.typrelid) = 'c')`,
  "event trigger": `select evtname, concat_ws(' ', evtevent, evtenabled, evtfoid::regproc) from pg_event_trigger`,
  publication: `select pubname, '' from pg_publication`,
  extension: `select extname, '' from pg_extension`,
};

/**
 * Reads the shape of a database.
 *
 * @param sql a connection of a role that sees the whole catalogue
 * @returns `kind name` → SHA-256 of its definition, in hexadecimal
 */
export async function shapeOf(sql: Sql): Promise<Shape> {
  const shape = new Map<string, string>();
  await sql.begin("isolation level repeatable read read only", async (tx) => {
    // Names are then written in full everywhere.
    await tx`set local search_path = ''`;
    for (const [kind, query] of Object.entries(KINDS)) {
      for (const [name, definition] of await tx.unsafe(query).values()) {
        shape.set(`${kind} ${name}`, createHash("sha256").update(String(definition)).digest("hex"));
      }
    }
  });
  return shape;
}
