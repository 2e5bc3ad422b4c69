import { createHash, randomBytes } from "node:crypto";
import type { Sql } from "postgres";
import type { AccessRule } from "../../contracts/accessPolicy.ts";
import { DEMO_STAFF } from "./demoStaff.ts";

/** Acts as a member of the demo's staff, in a session of its own that ends with it. */
export async function asMember<T>(sql: Sql, name: string, act: (actor: object) => Promise<T>): Promise<T> {
  const email = DEMO_STAFF.find((member) => member.name === name)?.email ?? "";
  const token = randomBytes(32).toString("hex");
  await sql`
    insert into staff.sessions (staff_id, token_hash, idle_limit, expires_at)
    select id, ${createHash("sha256").update(token).digest()}, '5 minutes', now() + interval '1 hour'
      from staff.members where email = ${email}`;
  const actor = {
    token,
    ip: null,
    userAgent: "demo",
    requestId: randomBytes(8).toString("hex"),
    background: true,
  };
  try {
    return await act(actor);
  } finally {
    await sql`select staff.sign_out(${actor as never}::jsonb)`;
  }
}

/** Rules by which moderators may ask one other for the wider window of a case they claimed. */
function widerWindow(): AccessRule[] {
  return (["user_report_review", "automated_flag_review"] as const).flatMap((purpose) =>
    (["ordinary", "restricted", "watch_listed", "conflict"] as const).map((subject) => ({
      role: "moderator" as const,
      purpose,
      scope: "wider_window" as const,
      subject,
      requirement:
        subject === "ordinary" || subject === "restricted"
          ? ("one_approver" as const)
          : ("two_approvers" as const),
      minutes: 30,
      viewLimit: 5,
    })),
  );
}

/**
 * What access governance looks like in use: a change of the policy that waits for a second person, somebody on the watch
 * list, an account of a moderator's own. Through the functions of the product, so the log has it too. Once: a repeat
 * finds the proposal and leaves all as it is.
 */
export async function seedGovernance(sql: Sql, platformId: string): Promise<void> {
  const [begun] = await sql`select exists (select from access.policy_versions where number > 1) as yes`;
  if (begun?.yes) return;
  const accounts = await sql<{ id: string }[]>`
    select p.platform_participant_id as id from triage.cases c join sealed.participants p on p.thread_id = c.thread_id
     where c.platform_id = ${platformId} and c.restricted_subject is null and p.ordinal = 1 order by c.number limit 40`;
  const [watched, own] = [accounts[17]?.id, accounts[23]?.id];
  await asMember(sql, "Cleo Compliance", async (actor) => {
    if (watched !== undefined)
      await sql`select access.add_watch(${actor as never}::jsonb, ${
        {
          platformId,
          participantId: watched,
          category: "journalist",
          reason: "Made up for the demo: reports on the platform for a newspaper.",
          until: null,
        } as never
      }::jsonb)`;
    const [draft] = await sql<{ made: { id: string } }[]>`
      select access.draft_policy(${actor as never}::jsonb, null, 'Moderators may ask for the wider window.') as made`;
    const id = draft?.made.id ?? "";
    const [known] = await sql<{ is: { version: { settings: object }; rules: AccessRule[] } }[]>`
      select access.read_policy(${actor as never}::jsonb, ${id}) as is`;
    const edited = {
      summary: "Moderators may ask for the wider window.",
      settings: known?.is.version.settings,
      rules: [...(known?.is.rules ?? []), ...widerWindow()],
    };
    await sql`select access.edit_policy(${actor as never}::jsonb, ${id}, ${edited as never}::jsonb)`;
    await sql`select access.move_policy(${actor as never}::jsonb, ${id}, 'propose',
      'Five messages on either side are often too few to tell banter from threat; one other person should agree.')`;
  });
  if (own !== undefined)
    await asMember(sql, "Mo Moderator", async (actor) => {
      await sql`select staff.record_account(${actor as never}::jsonb, ${platformId}, ${own})`;
    });
}
