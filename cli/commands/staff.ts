import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import type { Sql } from "postgres";
import { adminSettings } from "../../environment/settings.ts";
import {
  changeMember,
  createMember,
  disableMember,
  regionsOf,
  revokeSessions,
  rolesOf,
  setPassword,
  setQueueMembership,
} from "../../server/staff/operator.ts";
import { Told } from "../tellFailure.ts";
import { withAdmin } from "../withAdmin.ts";

interface Attributes {
  roles?: string;
  regions?: string;
  clearances?: string;
  languages?: string;
}

/** `unseal staff …`: local accounts, as the operator makes and ends them. Every change is in the audit log. */
export function register(program: Command): void {
  const staff = program.command("staff").description("create, change and disable staff members");

  staff
    .command("create <email> <name>")
    .description("create a member with a local account; the password is shown once")
    .requiredOption("--roles <list>", "comma-separated, e.g. moderator,lead")
    .option("--regions <list>", "comma-separated, e.g. eu,uk", "")
    .option("--clearances <list>", "comma-separated, e.g. child_safety", "")
    .option("--languages <list>", "comma-separated, e.g. en,de", "en")
    .action((email: string, name: string, given: Attributes) =>
      admin(async (sql) => {
        const id = await createMember(sql, {
          email,
          name,
          roles: rolesOf(words(given.roles)),
          regions: regionsOf(words(given.regions)),
          clearances: words(given.clearances),
          languages: words(given.languages),
        });
        say(`${id}  ${email}\npassword, shown this once: ${await freshPassword(sql, id)}`);
      }),
    );

  staff
    .command("list")
    .description("list members with roles, regions, clearances and open sessions")
    .action(() =>
      admin(async (sql) => {
        const rows = await sql`
          select m.email, m.name, m.roles, m.regions, m.clearances, m.state,
                 (select count(*)::int from staff.sessions s where s.staff_id = m.id and s.ended_at is null
                    and s.expires_at > now() and s.last_seen_at + s.idle_limit > now()) as sessions
            from staff.members m order by m.email`;
        for (const row of rows) {
          say(
            [
              row.email,
              row.name,
              row.roles,
              row.regions,
              row.clearances,
              row.state,
              `${row.sessions} open`,
            ].join("\t"),
          );
        }
      }),
    );

  staff
    .command("change <email>")
    .description("replace roles, regions and clearances; what is left out stays; claims and open views end")
    .option("--roles <list>")
    .option("--regions <list>")
    .option("--clearances <list>")
    .action((email: string, given: Attributes) =>
      admin(async (sql) => {
        const member = await find(sql, email);
        await changeMember(sql, member.id, {
          roles: rolesOf(given.roles === undefined ? member.roles : words(given.roles)),
          regions: regionsOf(given.regions === undefined ? member.regions : words(given.regions)),
          clearances: given.clearances === undefined ? member.clearances : words(given.clearances),
        });
        say("Changed. It holds from now on; their claims and open views have ended.");
      }),
    );

  staff
    .command("password <email>")
    .description("set a new random password, shown once; their sessions end")
    .action((email: string) =>
      admin(async (sql) =>
        say(`password, shown this once: ${await freshPassword(sql, (await find(sql, email)).id)}`),
      ),
    );

  staff
    .command("disable <email>")
    .description("end sessions, claims and views, and let them in no more")
    .action((email: string) =>
      admin(async (sql) => {
        await disableMember(sql, (await find(sql, email)).id);
        say("Disabled.");
      }),
    );

  staff
    .command("revoke-sessions <email>")
    .description("end every session of a member at once")
    .action((email: string) =>
      admin(async (sql) => say(`${await revokeSessions(sql, (await find(sql, email)).id)} sessions ended.`)),
    );

  staff
    .command("queue <email> <queue>")
    .description("make a member work in a queue, named as the queue list shows it")
    .option("--remove", "take them out of it instead")
    .action((email: string, queue: string, given: { remove?: boolean }) =>
      admin(async (sql) => {
        const [found] = await sql`select id from triage.queues where name = ${queue}`;
        if (!found) throw new Told("There is no queue of that name.");
        await setQueueMembership(sql, (await find(sql, email)).id, found.id, !given.remove);
        say(given.remove ? "Taken out." : "Added.");
      }),
    );

  staff
    .command("conflicts")
    .description("list the roles that one person cannot hold together, and why")
    .action(() =>
      admin(async (sql) => {
        for (const row of await sql`select * from staff.role_conflicts order by role_a, role_b`) {
          say(`${row.role_a} and ${row.role_b}: ${row.why}`);
        }
      }),
    );
}

async function admin(act: (sql: Sql) => Promise<void>): Promise<void> {
  try {
    await withAdmin(adminSettings().adminDatabaseUrl, act);
  } catch (error) {
    throw error instanceof Error && error.name === "StaffError" ? new Told(error.message) : error;
  }
}

async function find(sql: Sql, email: string) {
  const [row] = await sql<{ id: string; roles: string[]; regions: string[]; clearances: string[] }[]>`
    select id, roles, regions, clearances from staff.members where email = ${email.toLowerCase()}`;
  if (!row)
    throw new Told("There is no staff member with this address. `unseal staff list` shows who is there.");
  return row;
}

async function freshPassword(sql: Sql, staffId: string): Promise<string> {
  const password = randomBytes(15).toString("base64url");
  await setPassword(sql, staffId, password);
  return password;
}

function words(list: string | undefined): string[] {
  return (list ?? "")
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
