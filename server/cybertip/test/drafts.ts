import { randomBytes } from "node:crypto";
import type { CyberTipDraft } from "../../../domain/cybertip/draft.ts";
import { openView } from "../../disclosure/openView.ts";
import type { Case, Person, World } from "../../test/world.ts";

/** A draft that NCMEC would take, about nothing. */
export function aDraft(words = "Placeholder words of the specialist."): CyberTipDraft {
  return {
    report: {
      incidentSummary: {
        incidentType: "Online Enticement of Children for Sexual Acts",
        incidentDateTime: "2026-01-01T00:00:00Z",
      },
      internetDetails: [{ chatImIncident: { chatClient: "Sample Messenger" } }],
      personOrUserReported: [{ espIdentifier: "p-0" }],
      additionalInfo: words,
    },
    files: [],
    transcript: { include: true },
  };
}

/** Says who reports, as the administrator of the machine does. */
export async function setReporter(world: World): Promise<void> {
  const reporter = { reportingPerson: { firstName: "Sample", email: [{ value: "reporter@example.org" }] } };
  await world.admin`update cybertip.settings set reporter = ${reporter as never}`;
}

/** Opens a case's thread for its report, with a reason of its own. @returns the view's id */
export async function openedFor(person: Person, found: Case): Promise<string> {
  // Letters, since a reason that differs in a number alone counts as the same.
  const words = randomBytes(8)
    .toString("hex")
    .replace(/\d/g, (digit) => "ghijklmnop".charAt(Number(digit)));
  const view = await openView(person.actor, found.id, {
    purpose: "child_safety_report",
    scope: "whole_thread",
    reason: `Working on the report of this thread, part ${words}.`,
    preset: false,
  });
  return view.viewId;
}
