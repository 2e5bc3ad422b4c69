import type { DocumentWarning } from "./vocabulary.ts";

const MOST = 200;
/** Names that a system keeps for devices, whatever follows the first dot. */
const DEVICES = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;
/** What draws nothing, turns the order of writing round, or breaks a line: `order-fdp.exe` must not read as `order-exe.pdf`. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]/gu;

const fold = (name: string) => name.normalize("NFKC").toLowerCase();

/**
 * A document's name as it is kept: its last part alone, whatever path stands before; without what cannot be seen; not that of
 * another document of the request, nor one that differs from it in letters' case alone.
 *
 * @param taken names of the request's other documents
 * @returns null where nothing is left of it
 */
export function keptName(
  sent: string,
  taken: readonly string[],
): { name: string; warnings: DocumentWarning[] } | null {
  const warnings = new Set<DocumentWarning>();
  const last = sent.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  let name = last
    .replaceAll(UNSEEN, "")
    .replaceAll(/[<>:"|?*]/g, "_")
    .replaceAll(/\s+/g, " ")
    .trim()
    .replace(/^\.+/, "")
    .replace(/[. ]+$/, "");
  if (name === "") return null;
  if (DEVICES.test(name)) name = `_${name}`;
  name = shortened(name);
  if (name !== sent) warnings.add("name_changed");
  const others = new Set(taken.map(fold));
  if (!taken.includes(name) && others.has(fold(name))) warnings.add("name_differs_in_case");
  for (let n = 2, first = name; others.has(fold(name)); n += 1) {
    const dot = first.lastIndexOf(".");
    name = shortened(dot > 0 ? `${first.slice(0, dot)} (${n})${first.slice(dot)}` : `${first} (${n})`);
    warnings.add("name_changed");
  }
  return { name, warnings: [...warnings] };
}

/** Cut in its middle, so that its ending stays; never through a character. */
function shortened(name: string): string {
  if (name.length <= MOST) return name;
  const dot = name.lastIndexOf(".");
  const ending = dot > 0 && name.length - dot <= 20 ? name.slice(dot) : "";
  return `${[...name.slice(0, MOST - ending.length - 12)].slice(0, -1).join("")}…${name.slice(-10 - ending.length)}`
    .replaceAll(/\p{Cs}/gu, "")
    .slice(0, MOST);
}
