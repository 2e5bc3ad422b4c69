import type { Purpose } from "./vocabulary.ts";

const SENTENCES: Partial<Record<Purpose, string>> = {
  user_report_review: "Preset: reviewing the reported messages of the case I claimed.",
  automated_flag_review: "Preset: reviewing the automatically flagged messages of the case I claimed.",
};

/**
 * The sentence that one keypress commits as the reason on a claimed case.
 *
 * @returns null for a purpose that has no preset and needs words of its own
 */
export function presetReason(purpose: Purpose): string | null {
  return SENTENCES[purpose] ?? null;
}
