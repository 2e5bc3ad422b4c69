import type { Sql } from "postgres";
import type { Finding } from "./finding.ts";

const LOGINS = ["unseal_web", "unseal_intake", "unseal_worker", "unseal_audit"];
/** Settings of a role or a database that change what rules and the log mean. */
const TELLING = [
  "session_replication_role",
  "row_security",
  "search_path",
  "role",
  "synchronous_commit",
  "session_preload_libraries",
  "local_preload_libraries",
  "default_transaction_read_only",
];

/**
 * Looks at the roles of the cluster: what they may beyond grants, who may become whom, and settings that are set for them
 * behind the product's back.
 *
 * @param sql a connection of an administrator
 */
export async function checkRoles(sql: Sql): Promise<Finding[]> {
  const findings: Finding[] = [];
  const add = (code: string, where: string, what: string) =>
    findings.push({ check: "roles", code, where, what });

  const roles = await sql<{ name: string; powers: string[]; login: boolean }[]>`
    select rolname as name, rolcanlogin as login, array_remove(array[
        case when rolsuper then 'SUPERUSER' end, case when rolbypassrls then 'BYPASSRLS' end,
        case when rolreplication then 'REPLICATION' end, case when rolcreaterole then 'CREATEROLE' end,
        case when rolcreatedb then 'CREATEDB' end], null) as powers
      from pg_roles where rolname = any (${[...LOGINS, "unseal_owner"]})`;
  for (const name of [...LOGINS, "unseal_owner"]) {
    const role = roles.find((r) => r.name === name);
    if (!role) {
      add("role-missing", name, "The role is gone. Run `unseal setup`.");
      continue;
    }
    if (role.powers.length > 0)
      add("role-powerful", name, `It holds ${role.powers.join(", ")}. Take that away with ALTER ROLE.`);
    if (name === "unseal_owner" && role.login)
      add("owner-logs-in", name, "The owner of all objects may log in. ALTER ROLE unseal_owner NOLOGIN.");
  }

  const members = await sql<{ member: string; of: string }[]>`
    select m.rolname as member, r.rolname as of
      from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles r on r.oid = a.roleid
     where m.rolname = any (${LOGINS}) or m.rolname = 'unseal_owner'
        or (r.rolname = any (${[...LOGINS, "unseal_owner"]}) and not m.rolsuper and not m.rolcreaterole)`;
  for (const { member, of } of members)
    add("role-membership", `${member} in ${of}`, `${member} may act as ${of}. REVOKE ${of} FROM ${member}.`);

  const settings = await sql<{ role: string; setting: string }[]>`
    select coalesce(r.rolname, 'every role') as role, split_part(c, '=', 1) as setting
      from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole, unnest(s.setconfig) c
     where (s.setdatabase = 0 or s.setdatabase = (select oid from pg_database where datname = current_database()))
       and (s.setrole = 0 or r.rolname = any (${[...LOGINS, "unseal_owner"]}))
       and split_part(c, '=', 1) = any (${TELLING})`;
  for (const { role, setting } of settings)
    add("role-setting", `${setting} of ${role}`, "It changes what rules mean. ALTER ROLE … RESET it.");

  const [server] = await sql<{ fsync: boolean; pages: boolean }[]>`
    select current_setting('fsync')::boolean as fsync, current_setting('full_page_writes')::boolean as pages`;
  if (server && !(server.fsync && server.pages))
    add(
      "server-not-durable",
      "fsync, full_page_writes",
      "A crash can lose what was acknowledged. Turn both on.",
    );
  return findings;
}
