import { guarded } from "../db/connect.ts";
import { webSql } from "../db/web-client.ts";
import type { Actor, Answer } from "./actor.ts";
import { Refusal } from "./refusal.ts";

type Argument = string | number | boolean | null | object;

/** Every function of the database that the console calls, with the types of what follows the actor. */
const FUNCTIONS = {
  "triage.list_queues": [],
  "triage.case_detail": ["uuid"],
  "triage.claim_case": ["uuid"],
  "triage.claim_next": ["uuid"],
  "triage.heartbeat": ["uuid"],
  "triage.release_case": ["uuid"],
  "triage.decide": ["uuid", "jsonb"],
  "triage.undo_decision": ["uuid"],
  "triage.raise_flag": ["uuid", "text", "text", "text"],
  "access.request_access": ["uuid", "text", "text", "text", "boolean"],
  "access.open_view": ["uuid"],
  "access.request_and_open": ["uuid", "text", "text", "text", "boolean"],
  "access.close_view": ["uuid"],
  "access.check_view": ["uuid"],
  "access.request": ["uuid", "jsonb"],
  "access.open_thread": ["uuid", "uuid"],
  "access.revoke_grant": ["uuid", "text"],
  "access.list_grants": ["text"],
  "access.list_threads": ["uuid"],
  "access.list_requests": ["jsonb"],
  "access.read_request": ["uuid"],
  "access.answer_request": ["uuid", "text", "text"],
  "access.ask_back": ["uuid", "text"],
  "access.answer_question": ["uuid", "uuid", "text"],
  "access.withdraw_request": ["uuid"],
  "access.open_request": ["uuid"],
  "access.break_the_glass": ["uuid", "text", "text"],
  "access.list_glass": ["jsonb"],
  "access.review_glass": ["uuid", "text", "text"],
  "access.list_notices": ["jsonb"],
  "access.acknowledge_notice": ["uuid"],
  "access.list_policies": [],
  "access.read_policy": ["uuid"],
  "access.draft_policy": ["uuid", "text"],
  "access.edit_policy": ["uuid", "jsonb"],
  "access.move_policy": ["uuid", "text", "text"],
  "access.simulate": ["jsonb"],
  "access.list_watch": [],
  "access.add_watch": ["jsonb"],
  "access.end_watch": ["uuid"],
  "access.list_signals": ["text", "jsonb", "integer"],
  "access.read_signal": ["uuid"],
  "access.own_signal": ["uuid"],
  "access.resolve_signal": ["uuid", "text", "text"],
  "access.escalate_signal": ["uuid", "text"],
  "access.list_reviews": ["text", "jsonb", "integer"],
  "access.read_review": ["uuid"],
  "access.give_verdict": ["uuid", "text", "text"],
  "cybertip.start_report": ["uuid", "jsonb"],
  "cybertip.draft_terms": ["uuid"],
  "cybertip.hand_in": ["uuid", "integer"],
  "cybertip.approve": ["uuid", "integer", "text"],
  "cybertip.send_back": ["uuid", "text"],
  "cybertip.withdraw": ["uuid", "text"],
  "cybertip.file_by_hand": ["uuid", "text", "timestamptz"],
  "cybertip.list_reports": ["jsonb", "jsonb", "integer"],
  "cybertip.read_report": ["uuid"],
  "cybertip.prior_reports": ["uuid"],
  "cybertip.figures": ["timestamptz", "timestamptz"],
  "cybertip.extend_hold": ["uuid", "jsonb"],
  "cybertip.ask_destruction": ["uuid", "text", "text"],
  "cybertip.call_off_destruction": ["uuid"],
  "cybertip.destroy_thread": ["uuid"],
  "cybertip.read_proof": ["uuid"],
  "staff.own_accounts": [],
  "staff.list_accounts": [],
  "staff.record_account": ["uuid", "text"],
  "staff.leave_account": ["uuid"],
  "staff.own_sessions": [],
  "staff.end_own_session": ["uuid"],
  "staff.sign_out": [],
  "audit.reach": [],
  "audit.record_search": ["text", "jsonb"],
  "audit.record_export": ["text", "jsonb"],
  "audit.list_feeds": [],
  "audit.read_desk": [],
  "audit.read_integrity": [],
  "audit.ask_verification": [],
  "audit.cancel_verification": ["uuid"],
  "access.open_attachment": ["uuid", "uuid", "integer", "integer"],
  "access.attachment_sent": ["uuid", "text", "bigint"],
  "access.attachment_shown": ["uuid"],
  "cybertip.open_export": ["uuid", "text"],
  "cybertip.file_report": ["uuid", "boolean"],
  "cybertip.try_again": ["uuid", "boolean"],
  "cybertip.stop_filing": ["uuid"],
  "cybertip.read_receipt": ["uuid"],
} as const;

/**
 * Calls one of the database's verbs as the actor: one statement, one transaction, so that a refusal's event is committed
 * with the refusal.
 *
 * @returns what the verb did
 * @throws Refusal when the database refuses; DatabaseFailure when it fails
 */
export async function call<T>(actor: Actor, name: keyof typeof FUNCTIONS, ...args: Argument[]): Promise<T> {
  const types = ["jsonb", ...FUNCTIONS[name]];
  const places = types.map((type, i) => `$${i + 1}::${type}`).join(", ");
  const [row] = await guarded(
    webSql().unsafe<{ answer: Answer<T> }[]>(
      `select ${name}(${places}) as answer`,
      [actor, ...args] as never[],
      {
        prepare: true,
      },
    ),
  );
  if (!row?.answer) throw new Refusal("not-found");
  if (!row.answer.ok) throw new Refusal(row.answer.code, { recorded: true });
  return row.answer;
}
