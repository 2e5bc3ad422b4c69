import type { z } from "zod";
import type { foundAt, VerificationResult } from "../../contracts/integrity.ts";
import type { IntegrityFinding } from "../../domain/integrityFindings.ts";

type FoundAt = z.infer<typeof foundAt>;
const EXAMPLES = 5;

/** What a check has found so far: each kind counted, with the first few places. */
export class Findings {
  readonly #found = new Map<IntegrityFinding, { count: number; first: FoundAt[] }>();

  add(kind: IntegrityFinding, at: FoundAt, count = 1): void {
    const known = this.#found.get(kind) ?? { count: 0, first: [] };
    known.count += count;
    if (known.first.length < EXAMPLES) known.first.push(at);
    this.#found.set(kind, known);
  }

  list(): VerificationResult["findings"] {
    return [...this.#found].map(([kind, found]) => ({ kind, ...found }));
  }
}
