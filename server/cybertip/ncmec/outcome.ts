import { type FailureCause, isPassing } from "../../../domain/cybertip/filing/causes.ts";
import type { CodeMeaning } from "../../../domain/cybertip/responseCodes.ts";

/** What happened on the wire, to be kept with the step of the ledger that caused it. */
export interface Exchange {
  /** The service's `Request-ID`: NCMEC asks for it. */
  readonly requestId: string | null;
  readonly status: number | null;
  /** SHA-256 of what was sent: the document, or the file's own bytes. */
  readonly sentSha256: string;
  readonly sentBytes: number;
  /** The answer word for word; the receipt is one. Null where none came, or it could not be read. */
  readonly answer: string | null;
  readonly answerSha256: string | null;
  readonly startedAt: Date;
  readonly milliseconds: number;
}

/** The service did it (code 0). */
export interface Accepted<Answer> {
  readonly kind: "accepted";
  readonly answer: Answer;
  readonly exchange: Exchange;
}

/** The service understood and said no. It will say so again: never to be retried as it is. */
export interface Refused {
  readonly kind: "refused";
  readonly code: number;
  readonly meaning: CodeMeaning;
  /** The service's words; they may quote a field, so they are content. */
  readonly description: string;
  readonly exchange: Exchange;
}

export type { FailureCause };

/** Nobody can say that the service did it. */
export interface Failed {
  readonly kind: "failed";
  readonly cause: FailureCause;
  /** The code, where the service gave one (1xxx). */
  readonly code: number | null;
  /** Whether the same call may be made again without a person looking at it. */
  readonly retry: boolean;
  /** Whether the service may have done it nevertheless. */
  readonly inDoubt: boolean;
  /** What happened and what to do, in plain words, without content. */
  readonly says: string;
  readonly exchange: Exchange;
}

export type Outcome<Answer> = Accepted<Answer> | Refused | Failed;

const SAYS: Readonly<Record<FailureCause, string>> = {
  unreachable: "The service could not be reached. It is tried again by itself.",
  certificate:
    "The service's certificate is not to be trusted. Have an administrator look at the connection.",
  "time-out": "The service did not answer in time. It is tried again by itself.",
  "broken-off": "The connection broke off. It is tried again by itself.",
  "server-error": "The service had an error. It is tried again by itself.",
  busy: "The service asks for patience. It is tried again by itself.",
  redirect:
    "The service sent us elsewhere, which it never does. Nothing was sent there. Have an administrator look.",
  "answer-too-large": "The service's answer was far too long. Have an administrator look at the connection.",
  "answer-unreadable": "The service's answer could not be read. It is tried again by itself.",
  "answer-hostile":
    "The answer is not one that the service would give. Have an administrator look at the connection.",
  "answer-strange":
    "The answer does not belong to what was asked. Have an administrator look before going on.",
  cancelled: "The call was cancelled. It is made again by itself.",
  interrupted:
    "Whoever made the call ended before its end was known. What became of it is found out by itself.",
  "file-changed": "The file is not the one that was promised. Look at it before going on.",
  "file-gone": "The file is no longer there. Look at it before going on.",
  "file-too-large": "The file is larger than the limit.",
  "file-unreachable": "The file could not be fetched. It is tried again by itself.",
  "file-source":
    "The file may not be fetched from where it lies. Have an administrator look at the platform's source.",
};

export function failed(
  cause: FailureCause,
  inDoubt: boolean,
  exchange: Exchange,
  code: number | null = null,
): Failed {
  return { kind: "failed", cause, code, retry: isPassing(cause), inDoubt, says: SAYS[cause], exchange };
}
