import type { Sql } from "postgres";

/** Why a database role must not serve. One word each, for logs and problem answers; `explainDanger` says more. */
export type RoleDanger =
  | "superuser"
  | "bypasses-row-security"
  | "replication"
  | "manages-roles"
  | "owns-objects"
  | "member-of-powerful-role"
  | "in-recovery"
  | "wrong-role";

/** Roles that come with PostgreSQL and see past grants. */
const POWERFUL = [
  "pg_read_all_data",
  "pg_write_all_data",
  "pg_read_server_files",
  "pg_write_server_files",
  "pg_execute_server_program",
  "pg_maintain",
];

/**
 * Asks the database what a connection's role could do beyond its grants. Membership counts even where it is not
 * inherited, since SET ROLE is one statement away.
 *
 * @param expected the role that this URL is meant for
 * @returns nothing when the role is safe to serve with
 */
export async function roleDangers(sql: Sql, expected: string): Promise<RoleDanger[]> {
  const [row] = await sql<
    {
      name: string;
      superuser: boolean;
      bypass: boolean;
      replication: boolean;
      manages: boolean;
      member: boolean;
      owner: boolean;
      recovery: boolean;
    }[]
  >`
    select session_user as name, me.rolsuper as superuser, me.rolbypassrls as bypass,
      me.rolreplication as replication, me.rolcreaterole or me.rolcreatedb as manages,
      exists (
        select from pg_roles r
        where r.oid <> me.oid and pg_has_role(me.oid, r.oid, 'MEMBER')
          and (r.rolsuper or r.rolbypassrls or r.rolreplication or r.rolcreaterole or r.rolname = any (${POWERFUL}))
      ) as member,
      exists (
        select pg_has_role(me.oid, o.owner, 'MEMBER') from (
          select c.relowner as owner, c.relnamespace as room from pg_class c
          union select p.proowner, p.pronamespace from pg_proc p
          union select n.nspowner, n.oid from pg_namespace n
        ) o join pg_namespace n on n.oid = o.room
        where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
          and pg_has_role(me.oid, o.owner, 'MEMBER')
      ) or exists (
        select from pg_database d where d.datname = current_database() and pg_has_role(me.oid, d.datdba, 'MEMBER')
      ) as owner,
      pg_is_in_recovery() as recovery
    from pg_roles me where me.rolname = session_user`;
  if (!row) return ["wrong-role"];
  const found: [RoleDanger, boolean][] = [
    ["superuser", row.superuser],
    ["bypasses-row-security", row.bypass],
    ["replication", row.replication],
    ["manages-roles", row.manages],
    // A superuser is a member of everything; saying so once is enough.
    ["owns-objects", row.owner && !row.superuser],
    ["member-of-powerful-role", row.member && !row.superuser],
    ["in-recovery", row.recovery],
    ["wrong-role", row.name !== expected],
  ];
  return found.filter(([, is]) => is).map(([danger]) => danger);
}

/** A danger in words for an operator. */
export function explainDanger(danger: RoleDanger, expected: string): { what: string; how: string } {
  const own = `use the role ${expected}, as \`unseal setup\` makes it`;
  switch (danger) {
    case "superuser":
      return { what: "logs in as a superuser", how: own };
    case "bypasses-row-security":
      return {
        what: "logs in as a role with BYPASSRLS",
        how: `${own}; ALTER ROLE … NOBYPASSRLS takes it away`,
      };
    case "replication":
      return {
        what: "logs in as a role with REPLICATION",
        how: `${own}; ALTER ROLE … NOREPLICATION takes it away`,
      };
    case "manages-roles":
      return { what: "logs in as a role with CREATEROLE or CREATEDB", how: own };
    case "owns-objects":
      return {
        what: "logs in as an owner of tables, functions, schemas or the database (or as a member of one)",
        how: own,
      };
    case "member-of-powerful-role":
      return {
        what: "logs in as a member of a role that sees past grants",
        how: `${own}; REVOKE that membership`,
      };
    case "in-recovery":
      return { what: "points to a standby", how: "point it to the primary: a standby can serve a stale yes" };
    case "wrong-role":
      return { what: `does not log in as ${expected}`, how: own };
  }
}
