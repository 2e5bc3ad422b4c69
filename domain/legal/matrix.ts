import { mayIssue } from "./requestTypes.ts";
import type { DataCategory, Issuer, RequestType } from "./vocabulary.ts";
import { DATA_CATEGORIES } from "./vocabulary.ts";

/**
 * What a type of process gives. The database decides by the same table (`legal.most_of`, `legal.exception_possible`); a test
 * compares the two over every combination.
 */

/** Processes that can reach content at all (18 U.S.C. 2702, 2703; Regulation (EU) 2023/1543, Art. 5; 18 U.S.C. 2523). */
export const CONTENT_TYPES: readonly RequestType[] = [
  "warrant",
  "emergency_disclosure",
  "consent",
  "epoc",
  "cloud_order",
];

/** Types under which nothing is ever given, whoever agrees: they freeze, order an act, or go another way. */
export const NOTHING_TYPES: readonly RequestType[] = [
  "preservation_2703f",
  "epoc_pr",
  "dsa_art_9",
  "tco_removal",
  "pen_trap",
  "mlat",
];

/**
 * The most that a request gives without an exception.
 *
 * @returns null for nothing: the type gives none, or whoever sent it may not send such a request
 */
export function mostOf(type: RequestType, jurisdiction: string, issuer: Issuer): DataCategory | null {
  if (!mayIssue(type, jurisdiction, issuer)) return null;
  switch (type) {
    // 18 U.S.C. 2703(c)(2), and no content after United States v. Warshak; an NSL: 18 U.S.C. 2709(b).
    case "subpoena":
    case "civil_subpoena":
    case "nsl":
      return "subscriber";
    // 18 U.S.C. 2703(d).
    case "court_order_2703d":
    case "uk_opo":
    case "uk_ipa":
      return "traffic";
    case "warrant":
    // Voluntary, to authorities in an emergency, and by what the user agreed to: 18 U.S.C. 2702(b)(3), (8), (c)(2), (4).
    case "emergency_disclosure":
    case "consent":
    // Agreements in force: United Kingdom (2022), Australia (2024).
    case "cloud_order":
      return "content";
    // Regulation (EU) 2023/1543, Art. 4(1), (2): traffic and content by a judge or court alone.
    case "epoc":
      return issuer === "prosecutor" ? "identification" : "content";
    // Regulation (EU) 2022/2065, Art. 10: information about specific recipients, already collected.
    case "dsa_art_10":
      return "identification";
    default:
      return null;
  }
}

/** Can a second counsel's recorded reason open this category for this type at all? */
export function exceptionPossible(type: RequestType, category: DataCategory): boolean {
  if (type === "nsl" || NOTHING_TYPES.includes(type)) return false;
  return category !== "content" || CONTENT_TYPES.includes(type);
}

/** What of the asked categories may be given: what the type gives, and what was granted beyond it. */
export function allowedOf(
  asked: readonly DataCategory[],
  most: DataCategory | null,
  granted: readonly DataCategory[] = [],
): DataCategory[] {
  const reach = most === null ? -1 : DATA_CATEGORIES.indexOf(most);
  return DATA_CATEGORIES.filter(
    (category, place) => asked.includes(category) && (place <= reach || granted.includes(category)),
  );
}
