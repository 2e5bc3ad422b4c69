import type { Category, Region } from "../../domain/vocabulary.ts";

/** A queue of the demo, and what is routed to it. */
export interface DemoQueue {
  readonly name: string;
  readonly category?: Category;
  readonly region?: Region;
  /** A clearance that its members must hold. */
  readonly restrictedSubject?: string;
  readonly escalatesTo?: string;
  readonly routes: readonly { readonly category?: Category; readonly region?: Region }[];
}

/** Where moderators escalate to; nothing is routed there. */
export const REVIEW = "Specialist review";

/** The most specific route wins: category and region, then category, then anything. */
export const DEMO_QUEUES: readonly DemoQueue[] = [
  {
    name: "Child safety",
    category: "child_safety",
    restrictedSubject: "child_safety",
    routes: [{ category: "child_safety" }],
  },
  {
    name: "Violent extremism",
    category: "violent_extremism",
    restrictedSubject: "violent_extremism",
    routes: [{ category: "violent_extremism" }],
  },
  { name: "Self-harm", category: "self_harm", escalatesTo: REVIEW, routes: [{ category: "self_harm" }] },
  { name: "Threats", category: "threats", escalatesTo: REVIEW, routes: [{ category: "threats" }] },
  {
    name: "Harassment · EU",
    category: "harassment",
    region: "eu",
    escalatesTo: REVIEW,
    routes: [{ category: "harassment", region: "eu" }],
  },
  { name: "Harassment", category: "harassment", escalatesTo: REVIEW, routes: [{ category: "harassment" }] },
  { name: "Hate", category: "hate", escalatesTo: REVIEW, routes: [{ category: "hate" }] },
  {
    name: "Sexual content",
    category: "sexual_content",
    escalatesTo: REVIEW,
    routes: [{ category: "sexual_content" }],
  },
  {
    name: "Fraud and spam",
    category: "fraud_spam",
    escalatesTo: REVIEW,
    routes: [{ category: "fraud_spam" }],
  },
  { name: "General", escalatesTo: REVIEW, routes: [{}] },
  { name: REVIEW, routes: [] },
];
