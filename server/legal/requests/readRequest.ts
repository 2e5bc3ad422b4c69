import type { RequestDetail } from "../../../contracts/legal/requests.ts";
import { DOCUMENT_WARNING_WORDS } from "../../../domain/legal/documentWarnings.ts";
import { noticesOf } from "../../../domain/legal/notices.ts";
import { type AskedFacts, differences } from "../../../domain/legal/repeats.ts";
import { type DocumentWarning, OWED_REQUEST_STATES } from "../../../domain/legal/vocabulary.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/** A request as the database tells it: comparing, and words, are left to us. */
type Told = Omit<RequestDetail, "documents" | "repeats" | "notices"> & {
  readonly documents: readonly (Omit<RequestDetail["documents"][number], "warnings"> & {
    readonly warnings: readonly DocumentWarning[];
  })[];
  readonly repeats: readonly (Omit<RequestDetail["repeats"][number], "differs"> & {
    readonly facts: AskedFacts;
  })[];
  readonly facts: AskedFacts;
};

/**
 * Everything of a request but its documents' bytes: metadata, for counsel and compliance officers.
 *
 * @throws Refusal `not-found`, `wrong-role`, recorded
 */
export async function readRequest(actor: Actor, requestId: string): Promise<RequestDetail> {
  const { request } = await call<{ request: Told }>(actor, "legal.read_request", requestId);
  const { documents, repeats, facts, ...told } = request;
  const at = (instant: string | null) => (instant === null ? null : new Date(instant));
  return {
    ...told,
    documents: documents.map(withWords),
    repeats: repeats.map(({ facts: other, ...one }) => ({ ...one, differs: differences(facts, other) })),
    notices: noticesOf(
      {
        ...told,
        receivedAt: new Date(told.receivedAt),
        dueAt: new Date(told.dueAt),
        expiresAt: at(told.expiresAt),
        gagUntil: at(told.gagUntil),
        open: OWED_REQUEST_STATES.includes(told.state),
        beyond: told.beyond.map((one) => one.category),
        unknownAccounts: told.accountList.filter((account) => !account.known).length,
        repeats,
      },
      new Date(),
    ),
  };
}

/** A document's warnings with what they mean. */
export function withWords<T extends { readonly warnings: readonly DocumentWarning[] }>(document: T) {
  return {
    ...document,
    warnings: document.warnings.map((warning) => ({ warning, words: DOCUMENT_WARNING_WORDS[warning] })),
  };
}
