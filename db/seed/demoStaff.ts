import { REGIONS, type Region, type Role } from "../../domain/vocabulary.ts";
import { DEMO_QUEUES, REVIEW } from "./demoQueues.ts";

/** A made-up member of staff. */
export interface DemoMember {
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  readonly regions: readonly Region[];
  readonly clearances: readonly string[];
  readonly languages: readonly string[];
  readonly queues: readonly string[];
}

const all = DEMO_QUEUES.map((queue) => queue.name);
const open = DEMO_QUEUES.filter((queue) => !queue.restrictedSubject && queue.name !== REVIEW).map(
  (queue) => queue.name,
);

const member = (role: Role, name: string, more: Partial<DemoMember> = {}): DemoMember => ({
  role,
  name,
  email: `${name.toLowerCase().replaceAll(/[^a-z]+/g, ".")}@staff.example.org`,
  regions: [],
  clearances: [],
  languages: ["en"],
  queues: [],
  ...more,
});

const specialist = { regions: REGIONS, queues: all } as const;
const CLEARED = ["child_safety", "violent_extremism"] as const;

/** Every role, and enough people in each for what needs two. */
export const DEMO_STAFF: readonly DemoMember[] = [
  member("moderator", "Mo Moderator", { regions: REGIONS, queues: open, languages: ["en", "de"] }),
  member("moderator", "Mia Moderator", { regions: REGIONS, queues: open, languages: ["en", "ar", "fr"] }),
  member("moderator", "Max Moderator", { regions: ["eu", "uk"], queues: open, languages: ["en", "es"] }),
  member("specialist", "Sol Specialist", { ...specialist, clearances: CLEARED }),
  member("specialist", "Sky Specialist", { ...specialist, clearances: CLEARED, languages: ["en", "ja"] }),
  member("lead", "Lee Lead", { regions: REGIONS, queues: open }),
  member("compliance_officer", "Cleo Compliance"),
  member("compliance_officer", "Cyd Compliance"),
  member("legal_counsel", "Lou Counsel", { regions: REGIONS }),
  member("legal_counsel", "Lea Counsel", { regions: REGIONS }),
  member("administrator", "Ada Administrator"),
  member("administrator", "Ash Administrator"),
  member("auditor", "Ira Auditor"),
];
