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
  "staff.sign_out": [],
  "audit.reach": [],
  "audit.record_search": ["text", "jsonb"],
  "audit.record_export": ["text", "jsonb"],
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
