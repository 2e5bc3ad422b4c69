import type { Pace } from "../../../../domain/cybertip/filing/pace.ts";

/** Waits that a test can sit out. */
export const QUICK: Pace = { waits: [20], tries: 6, attempts: 8, spoilt: 3 };
