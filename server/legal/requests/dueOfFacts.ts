import type { RegisteredFacts } from "../../../contracts/legal/requests.ts";
import { type DueRule, dueOf } from "../../../domain/legal/clocks.ts";
import { isZone } from "../../../domain/legal/zones.ts";
import { BadRequest } from "../../http/readBody.ts";

/** The facts that decide when an answer is due. */
export type DatedFacts = Pick<
  RegisteredFacts,
  "type" | "jurisdiction" | "emergency" | "receivedAt" | "returnAt" | "localZone"
>;

/**
 * When a request is due by its type's rule.
 *
 * @param holidays that the installation knows beside those of the jurisdiction
 * @throws BadRequest `bad-field` when the zone is none
 */
export function dueOfFacts(
  facts: DatedFacts,
  holidays: readonly string[],
): { dueAt: string; dueRule: DueRule } {
  if (!isZone(facts.localZone))
    throw new BadRequest("bad-field", [
      { pointer: "/localZone", message: "There is no such time zone. Give it as Europe/Berlin." },
    ]);
  const { at, rule } = dueOf(
    {
      ...facts,
      emergency: facts.emergency || facts.type === "emergency_disclosure",
      receivedAt: new Date(facts.receivedAt),
      returnAt: facts.returnAt === null ? null : new Date(facts.returnAt),
    },
    holidays,
  );
  return { dueAt: at.toISOString(), dueRule: rule };
}
