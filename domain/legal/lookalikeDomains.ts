import { latinShape } from "../lookalikes.ts";
import { domainOf } from "./addresses.ts";
import { unicodeDomain } from "./punycode.ts";
import type { DomainFinding } from "./vocabulary.ts";

export interface DomainJudgement {
  /** Lower case, ASCII; null where no mail can come from what was given. */
  readonly domain: string | null;
  readonly findings: readonly DomainFinding[];
  /** The domain of the directory that it passes for; null where it passes for none. */
  readonly resembles: string | null;
}

/** Where anybody can have an address within a minute. No authority writes from there. */
const FREE_MAIL = new Set(
  "gmail.com googlemail.com outlook.com outlook.de hotmail.com hotmail.co.uk live.com msn.com yahoo.com yahoo.co.uk yahoo.de ymail.com aol.com icloud.com me.com mac.com proton.me protonmail.com pm.me gmx.com gmx.de gmx.net gmx.at web.de t-online.de freenet.de mail.com mail.ru yandex.com yandex.ru zoho.com fastmail.com tutanota.com tuta.com tuta.io posteo.de mailbox.org hey.com orange.fr laposte.net free.fr wanadoo.fr libero.it virgilio.it wp.pl o2.pl onet.pl seznam.cz abv.bg ukr.net qq.com 163.com 126.com sina.com naver.com daum.net rediffmail.com comcast.net verizon.net att.net btinternet.com sky.com guerrillamail.com mailinator.com yopmail.com 10minutemail.com".split(
    " ",
  ),
);

/** What a reader in a hurry takes for the same: letters of other alphabets, digits for letters, two letters for one. */
function shapeOf(domain: string): string {
  return [...unicodeDomain(domain).normalize("NFKD")]
    .map((letter) => latinShape(letter))
    .join("")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("rn", "m")
    .replaceAll("vv", "w")
    .replaceAll("cl", "d")
    .replaceAll("0", "o")
    .replaceAll(/[1|!íìı]/g, "l")
    .replaceAll("i", "l")
    .replaceAll("5", "s")
    .replaceAll("3", "e")
    .replaceAll("8", "b");
}

/** Letters put in, left out, changed or swapped with their neighbour (optimal string alignment), counted no further than `most`. */
function lettersApart(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let twoBefore: number[] = [];
  let before = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min(
        (before[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (before[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, (twoBefore[j - 2] ?? 0) + 1);
      row.push(least);
    }
    twoBefore = before;
    before = row;
  }
  return before[other.length] ?? most + 1;
}

/** Endings under which anybody registers: one label, or two as in `co.uk`. Enough for telling a name from its ending. */
const SECOND = /\.(?:ac|co|com|edu|gob|gouv|gov|govt|mil|net|org|police|pol|judiciary|nhs)\.[a-z]{2}$/;

function split(domain: string): { name: string; ending: string } {
  const ending = SECOND.exec(domain)?.[0] ?? domain.slice(domain.lastIndexOf("."));
  return { name: domain.slice(0, domain.length - ending.length), ending };
}

const wordsOf = (name: string): string[] => name.split(/[.-]/).filter((word) => word !== "");

function likeness(domain: string, known: string): DomainFinding | null {
  // `police.example.org.evil.example`: whoever owns the end owns it all.
  if (domain.startsWith(`${known}.`) || domain.includes(`.${known}.`)) return "directory_name_inside";
  if (shapeOf(domain) === shapeOf(known)) return "look_alike_letters";
  const one = split(domain);
  const other = split(known);
  if (one.name === other.name) return "other_ending";
  const most = other.name.length >= 8 ? 2 : 1;
  if (other.name.length >= 4 && lettersApart(shapeOf(one.name), shapeOf(other.name), most) <= most)
    return "few_letters_differ";
  const known_words = wordsOf(other.name);
  const words = wordsOf(one.name);
  // A word of three letters or less is in too many names to say anything.
  if (
    known_words.some((word) => word.length > 3) &&
    known_words.every((word) => words.includes(word)) &&
    words.length >= known_words.length
  )
    return "added_words";
  const joined = known_words.join("");
  return joined.length > 5 && words.join("").includes(joined) ? "added_words" : null;
}

const within = (domain: string, known: string) => domain === known || domain.endsWith(`.${known}`);

/**
 * Holds an officer's address against the directory. Findings are for people: what decides is that a mailbox, however genuine,
 * is never enough in an emergency.
 *
 * @param agency domains of the authority that was chosen, ASCII; null where none was
 * @param directory domains of all authorities in use, for finding what a domain passes for
 */
export function judgeAddress(
  address: string | null,
  agency: readonly string[] | null,
  directory: readonly string[],
): DomainJudgement {
  if (address === null || address.trim() === "")
    return { domain: null, findings: ["no_address"], resembles: null };
  const domain = domainOf(address);
  if (domain === null) return { domain: null, findings: ["malformed"], resembles: null };
  if (agency?.includes(domain)) return { domain, findings: ["in_directory"], resembles: null };
  if (agency?.some((known) => within(domain, known)))
    return { domain, findings: ["below_directory"], resembles: null };
  const findings: DomainFinding[] = [agency === null ? "no_agency_chosen" : "not_in_directory"];
  if (FREE_MAIL.has(domain)) findings.push("free_mail");
  if (domain.split(".").some((label) => label.startsWith("xn--"))) findings.push("punycode");
  if (directory.some((known) => within(domain, known))) return { domain, findings, resembles: null };
  for (const known of [...(agency ?? []), ...directory]) {
    const found = likeness(domain, known);
    if (found) return { domain, findings: [...findings, found], resembles: known };
  }
  return { domain, findings, resembles: null };
}
