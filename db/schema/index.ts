/** Types for reading. The migrations are the truth; mirror.test.ts compares the two, column by column. */
export * from "./access.ts";
export * from "./audit.ts";
export * from "./cybertip.ts";
export * from "./intake.ts";
export * from "./legal.ts";
export * from "./legalCollections.ts";
export * from "./legalHolds.ts";
export * from "./legalProductions.ts";
export * from "./meta.ts";
export * from "./sealed.ts";
export * from "./signals.ts";
export * from "./staff.ts";
export * from "./triage.ts";
