import { expect } from "vitest";
import type { z } from "zod";
import type { accessRequest } from "../../../contracts/access.ts";
import type { Case, Person, World } from "../../test/world.ts";
import { claimCase } from "../../triage/claimCase.ts";
import { decideCase } from "../../triage/decideCase.ts";
import { requestAccess } from "../requestAccess.ts";

export const refused = (code: string) => expect.objectContaining({ name: "Refusal", code });
export const codesOf = (results: PromiseSettledResult<unknown>[]): string[] =>
  results.map((r) => (r.status === "fulfilled" ? "done" : (r.reason as { code: string }).code)).sort();

type Ask = z.output<typeof accessRequest>;
let written = 0;
/** A reason that nobody has given before. */
export const reason = (): string =>
  `Looking into what ${["amber", "birch", "cedar", "delta", "ember"][written % 5]} ${String.fromCharCode(97 + (written++ % 26), 97 + (Math.floor(written / 26) % 26))} reported.`;

export const ask = (change: Partial<Ask> = {}): Ask => ({
  purpose: "second_decision",
  scope: "flagged_window",
  reason: reason(),
  ticket: null,
  reference: null,
  participantId: null,
  ...change,
});

/** People and cases of one queue, as approvals need them. */
export function stageOf(world: World) {
  return {
    moderator: () => world.person(["moderator"]),
    specialist: () => world.person(["specialist"]),
    lead: () => world.person(["lead"]),
    officer: () => world.person(["compliance_officer"]),

    /** A case that somebody else has decided: a second decision, an appeal or a quality review may look at it. */
    async decided(options: Parameters<World["case"]>[0] = {}): Promise<Case> {
      const [by, found] = await Promise.all([
        world.person(["moderator", "specialist", "lead"], { clearances: ["child_safety"] }),
        world.case(options),
      ]);
      await claimCase(by.actor, found.id);
      await decideCase(by.actor, found.id, {
        outcome: "no_violation",
        action: "none",
        policyId: null,
        note: null,
      });
      return found;
    },

    /** Asks and insists that it waits. @returns the request's id */
    async waiting(by: Person, caseId: string, change: Partial<Ask> = {}): Promise<string> {
      const answer = await requestAccess(by.actor, caseId, ask(change));
      if (answer.state !== "pending") throw new Error("It was granted at once.");
      return answer.requestId;
    },
  };
}
