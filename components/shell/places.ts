import type { MeDto } from "../../contracts/session.ts";
import { maySeeCyberTips } from "../cybertip/rights.ts";
import { mayHandleRequests, maySeeRequests } from "../legal/rights.ts";
import {
  maySeeApprovals,
  maySeeDesk,
  maySeeGlass,
  maySeeIntegrity,
  maySeeQueues,
  maySeeSignals,
  mayWatch,
} from "./rights.ts";
import type { ShortcutId } from "./shortcuts.ts";

/** A page that the navigation, the palette and a shortcut lead to. */
export interface Place {
  readonly href: string;
  readonly label: string;
  /** Pages below these count as it. */
  readonly below: readonly string[];
  /** Whether to offer it; the page and the database decide. */
  readonly may: (me: MeDto) => boolean;
  readonly shortcut: ShortcutId;
}

const everybody = (): boolean => true;

/** Every page that is offered, in order. A test holds the list against the pages. */
export const PLACES: readonly Place[] = [
  { href: "/compliance", label: "Desk", below: ["/compliance"], may: maySeeDesk, shortcut: "goDesk" },
  {
    href: "/queues",
    label: "Queues",
    below: ["/queues", "/cases"],
    may: maySeeQueues,
    shortcut: "goQueues",
  },
  { href: "/signals", label: "Signals", below: ["/signals"], may: maySeeSignals, shortcut: "goSignals" },
  { href: "/reviews", label: "Reviews", below: ["/reviews"], may: maySeeSignals, shortcut: "goReviews" },
  {
    href: "/approvals",
    label: "Approvals",
    below: ["/approvals"],
    may: maySeeApprovals,
    shortcut: "goApprovals",
  },
  {
    href: "/cybertips",
    label: "CyberTips",
    below: ["/cybertips"],
    may: maySeeCyberTips,
    shortcut: "goCyberTips",
  },
  { href: "/audit", label: "Audit", below: ["/audit", "/threads"], may: everybody, shortcut: "goAudit" },
  {
    href: "/lawful-requests",
    label: "Lawful requests",
    below: ["/lawful-requests"],
    may: maySeeRequests,
    shortcut: "goRequests",
  },
  { href: "/holds", label: "Holds", below: ["/holds"], may: maySeeRequests, shortcut: "goHolds" },
  { href: "/agencies", label: "Agencies", below: ["/agencies"], may: maySeeRequests, shortcut: "goAgencies" },
  {
    href: "/integrity",
    label: "Integrity",
    below: ["/integrity"],
    may: maySeeIntegrity,
    shortcut: "goIntegrity",
  },
  {
    href: "/break-glass",
    label: "Break-glass register",
    below: ["/break-glass"],
    may: maySeeGlass,
    shortcut: "goGlass",
  },
  {
    href: "/access-policy",
    label: "Access policy",
    below: ["/access-policy"],
    may: everybody,
    shortcut: "goPolicy",
  },
  { href: "/watch-list", label: "Watch list", below: ["/watch-list"], may: mayWatch, shortcut: "goWatch" },
  { href: "/account", label: "Your account", below: ["/account"], may: everybody, shortcut: "goAccount" },
];

/** The places that this person is offered; where their work begins stands first. */
export function placesOf(me: MeDto): Place[] {
  const places = PLACES.filter(({ may }) => may(me));
  const start = startOf(me);
  return [...places.filter(({ href }) => href === start), ...places.filter(({ href }) => href !== start)];
}

/** Where this person's work begins: what waits for officers, the queues, the lawful requests, or the log. */
export function startOf(me: MeDto): string {
  const offered = (href: string): boolean => PLACES.some((place) => place.href === href && place.may(me));
  if (offered("/compliance")) return "/compliance";
  if (offered("/queues")) return "/queues";
  return mayHandleRequests(me) ? "/lawful-requests" : "/audit";
}
