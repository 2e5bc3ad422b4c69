import type { MeDto } from "../../contracts/session.ts";
import { maySeeApprovals, maySeeGlass, maySeeQueues, maySeeSignals, mayWatch } from "./rights.ts";
import type { ShortcutId } from "./shortcuts.ts";

/** A page that the navigation leads to. */
export type Place = {
  readonly href: string;
  readonly label: string;
  /** Pages below these count as it. */
  readonly below: readonly string[];
  /** Whether to offer it; the page and the database decide. */
  readonly may: (me: MeDto) => boolean;
  readonly keys?: ShortcutId;
  /** Stands in the bar itself where there is room; everything else is under "More". */
  readonly inBar?: "always" | "wide";
};

const everybody = (): boolean => true;

/** Every page that the navigation and the command palette offer, in order. */
export const PLACES: readonly Place[] = [
  {
    href: "/queues",
    label: "Queues",
    below: ["/queues", "/cases"],
    may: maySeeQueues,
    keys: "goQueues",
    inBar: "always",
  },
  {
    href: "/approvals",
    label: "Approvals",
    below: ["/approvals"],
    may: maySeeApprovals,
    keys: "goApprovals",
    inBar: "wide",
  },
  { href: "/audit", label: "Audit", below: ["/audit"], may: everybody, keys: "goAudit", inBar: "always" },
  {
    href: "/signals",
    label: "Signals",
    below: ["/signals"],
    may: maySeeSignals,
    keys: "goSignals",
    inBar: "wide",
  },
  {
    href: "/reviews",
    label: "Reviews",
    below: ["/reviews"],
    may: maySeeSignals,
    keys: "goReviews",
    inBar: "wide",
  },
  { href: "/break-glass", label: "Break-glass register", below: ["/break-glass"], may: maySeeGlass },
  { href: "/access-policy", label: "Access policy", below: ["/access-policy"], may: everybody },
  { href: "/watch-list", label: "Watch list", below: ["/watch-list"], may: mayWatch },
  { href: "/account", label: "Your account", below: ["/account"], may: everybody },
];
