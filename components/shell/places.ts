import type { MeDto } from "../../contracts/session.ts";
import { ROLES, type Role } from "../../domain/vocabulary.ts";
import type { ShortcutId } from "./shortcuts.ts";

/** A page that the navigation, the palette and a shortcut lead to. */
export interface Place {
  readonly href: string;
  readonly label: string;
  /** Pages that count as being there. */
  readonly below: readonly string[];
  /** To whom it is offered. An offer only: the page and the database decide. */
  readonly roles: readonly Role[];
  readonly shortcut: ShortcutId;
  /** Stands in the menu of the person, not in the navigation. */
  readonly own?: true;
}

const TRIAGE: readonly Role[] = ["moderator", "specialist", "lead"];
const OFFICER: readonly Role[] = ["compliance_officer"];

/** Every place there is, in the order in which it is offered. A test holds the list against the pages. */
export const PLACES: readonly Place[] = [
  { href: "/compliance", label: "Desk", below: ["/compliance"], roles: OFFICER, shortcut: "goDesk" },
  {
    href: "/queues",
    label: "Queues",
    below: ["/queues", "/cases"],
    roles: [...TRIAGE, "compliance_officer"],
    shortcut: "goQueues",
  },
  {
    href: "/integrity",
    label: "Integrity",
    below: ["/integrity"],
    roles: ["compliance_officer", "administrator", "auditor"],
    shortcut: "goIntegrity",
  },
  { href: "/audit", label: "Audit", below: ["/audit", "/threads"], roles: ROLES, shortcut: "goAudit" },
];

/** The places that this person is offered. */
export function placesOf(me: MeDto): Place[] {
  return PLACES.filter(({ roles }) => me.roles.some((role) => roles.includes(role)));
}

/** Where this person's work begins: what waits for officers, the queues, or the log. */
export function startOf(me: MeDto): string {
  return placesOf(me).find(({ href }) => href === "/compliance" || href === "/queues")?.href ?? "/audit";
}
