import type { RequestDetail } from "../../../contracts/legal/requests.ts";
import type { Verification } from "../../../contracts/legal/verification.ts";
import { CATEGORY_WORDS, categoryNames, NEED_WORDS } from "../words.ts";

/** The parts of a request's page. */
export const PARTS = ["facts", "verification", "scope", "holds", "work", "notices", "history"] as const;
export type PartName = (typeof PARTS)[number];

/** What comes next: what it is called, why, where it is done, and which act does it. */
export interface NextStep {
  readonly title: string;
  readonly why: string;
  /** The part of the page where it is done. */
  readonly part: PartName;
  /** The act that the one primary button does here and now; null: it is done in the part. */
  readonly act: "acknowledge" | "review" | "approve" | "close" | null;
  /** The request waits for somebody else: the authority, or another counsel. */
  readonly waits: boolean;
}

type Known = {
  readonly request: RequestDetail;
  readonly verification: Pick<Verification, "missing" | "refusal"> | undefined;
  /** Accounts that no live hold names; undefined while it is not known. */
  readonly notHeld: number | undefined;
};

const FREEZES = ["preservation_2703f", "epoc_pr"];
/** What is kept as soon as it is here, whatever is decided of it later: for an EPOC, Regulation (EU) 2023/1543, Article 10(1). */
const KEPT_ON_RECEIPT = [...FREEZES, "epoc"];

const step = (
  title: string,
  why: string,
  part: PartName,
  act: NextStep["act"] = null,
  waits = false,
): NextStep => ({
  title,
  why,
  part,
  act,
  waits,
});

/** `Next: close it`, `Waits for: the order to produce`. */
export const stepWords = ({ title, waits }: NextStep): string => `${waits ? "Waits for" : "Next"}: ${title}`;

/** The next step of a request, as it stands; null where there is none. The verbs of the server decide. */
export function nextStepOf({ request, verification, notHeld }: Known): NextStep | null {
  const { state, rights, accountList } = request;
  const freezes = FREEZES.includes(request.type);
  switch (state) {
    case "received":
      if (request.acknowledgedAt === null)
        return step(
          "tell the authority that it has arrived",
          "Write where the directory leads, not where the letter does; then record it here.",
          "facts",
          "acknowledge",
        );
      if (KEPT_ON_RECEIPT.includes(request.type) && accountList.length > 0 && notHeld !== 0)
        return step(
          "freeze what it names",
          "The data of its accounts is kept from then on, whatever is deleted or erased.",
          "holds",
        );
      return step(
        "take it into review",
        "From then on it is yours; another counsel approves what it is given.",
        "facts",
        "review",
      );
    case "needs_info":
      return step(
        "the authority’s answer",
        "When it comes, correct the facts and take it into review again.",
        "facts",
        rights.review ? "review" : null,
        true,
      );
    case "preserved":
      return freezes
        ? step(
            "the order to produce",
            "What is frozen has a clock: renew or release the hold before it ends.",
            "holds",
            null,
            true,
          )
        : step("take it into review", "It is frozen; now see what may be given.", "holds", "review");
    case "in_review":
      return inReview(request, verification, notHeld);
    case "approved":
      return step(
        "collect what it covers",
        "Then review, redact and hand in; another counsel releases the packet.",
        "work",
      );
    case "partially_produced":
      return step(
        "produce what is still missing, or close it",
        "What comes to light later goes into a further volume.",
        "work",
        rights.close ? "close" : null,
      );
    case "produced":
      return request.noticePolicy === "after" || request.noticePolicy === "before"
        ? step(
            "tell the account, then close it",
            "The notices say whether they may go.",
            "notices",
            rights.close ? "close" : null,
          )
        : step(
            "close it",
            "It was answered, and nobody is to be told.",
            "history",
            rights.close ? "close" : null,
          );
    case "no_records":
    case "rejected":
    case "withdrawn":
      return step(
        "close it",
        "What was decided stays in the register.",
        "history",
        rights.close ? "close" : null,
      );
    default:
      return null;
  }
}

function inReview(
  request: RequestDetail,
  verification: Known["verification"],
  notHeld: number | undefined,
): NextStep | null {
  const missing = verification?.missing[0];
  if (FREEZES.includes(request.type))
    return step(
      notHeld === 0 ? "mark it as preserved by its hold" : "freeze what it names",
      "Such a request freezes and discloses nothing.",
      "holds",
    );
  if (request.accountList.length === 0)
    return step("name its accounts", "A request that names nobody can be given nothing.", "facts");
  // What the checks say is not here yet: better nothing than a step too far.
  if (verification === undefined) return null;
  if (missing !== undefined || verification.refusal)
    return step(
      "find out whether it is real",
      missing === undefined
        ? "A check failed or has lapsed; nothing is given until it is settled."
        : `Still missing: ${NEED_WORDS[missing].charAt(0).toLowerCase()}${NEED_WORDS[missing].slice(1)}.`,
      "verification",
    );
  const beyond = request.beyond.filter(({ category }) => !request.allowed.includes(category));
  if (request.allowed.length === 0)
    return step(
      "reject it, or have an exception decided",
      "Such a request gives nothing of what it asks by itself.",
      "scope",
    );
  if (request.rights.approve)
    return step(
      `approve it: ${categoryNames(request.allowed)}`,
      beyond.length === 0
        ? "All that is asked may be given."
        : `Not given: ${beyond.map(({ category }) => CATEGORY_WORDS[category].name.toLowerCase()).join(", ")}.`,
      "scope",
      "approve",
    );
  return step(
    request.needsSecond ? "another counsel’s approval" : "see what stands in the way of approving it",
    request.needsSecond
      ? "Content and emergencies are approved by somebody who neither registered nor handles them."
      : "The scope says what is missing.",
    "scope",
    null,
    request.needsSecond,
  );
}
