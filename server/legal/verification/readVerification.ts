import type { Verification } from "../../../contracts/legal/verification.ts";
import { judgeAddress } from "../../../domain/legal/lookalikeDomains.ts";
import { type RiskFacts, riskOf } from "../../../domain/legal/risk.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { readRequest } from "../requests/readRequest.ts";

/** What the database knows beside the checks: to be held against the directory. */
interface Facts
  extends Omit<RiskFacts, "receivedAt" | "dueAt" | "expiresAt" | "agencyEnteredAt" | "findings"> {
  readonly officerEmail: string | null;
  readonly receivedAt: string;
  readonly dueAt: string;
  readonly expiresAt: string | null;
  readonly agencyEnteredAt: string | null;
  readonly agencyDomains: string[] | null;
  readonly directoryDomains: string[];
}

/**
 * Is the requester who they say: what was checked, what is missing, what the address tells, and how much speaks against it.
 *
 * @throws Refusal `not-found`, `wrong-role`, recorded
 */
export async function readVerification(actor: Actor, requestId: string): Promise<Verification> {
  const { facts, checks, missing, needs, refusal, numbers, mayCheck } = await call<
    Omit<Verification, "domain" | "risk"> & { facts: Facts }
  >(actor, "legal.read_verification", requestId);
  const { repeats } = await readRequest(actor, requestId);
  const domain = judgeAddress(facts.officerEmail, facts.agencyDomains, facts.directoryDomains);
  const at = (instant: string | null) => (instant === null ? null : new Date(instant));
  const risk = riskOf(
    {
      ...facts,
      receivedAt: new Date(facts.receivedAt),
      dueAt: new Date(facts.dueAt),
      expiresAt: at(facts.expiresAt),
      agencyEnteredAt: at(facts.agencyEnteredAt),
      findings: domain.findings,
      missing,
      alteredRepeat: repeats.some((one) => !one.exact),
    },
    new Date(),
  );
  return {
    checks,
    missing,
    needs,
    refusal,
    numbers,
    mayCheck,
    domain: { ...domain, findings: [...domain.findings] },
    risk,
  };
}
