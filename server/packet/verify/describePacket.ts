import { FAULTS } from "./findings.ts";
import type { PacketVerdict } from "./verifyPacket.ts";

const SHOWN = 40;

/** A verdict in lines for a terminal: what holds, what does not, and what was not asked. */
export function describePacket(verdict: PacketVerdict, seconds: number): string {
  const { packet, records, first, last, files, signedBy, log, findings, count } = verdict;
  const lines = [
    ...(packet === null ? [] : [`packet      ${plain(packet)}, ${files} files`]),
    ...(first === null ? [] : [`records     ${records}, ${first} to ${last}`]),
    ...(packet !== null && first === null ? ["records     none: nothing was produced"] : []),
    ...(signedBy === null ? [] : [`signed by   ${signedBy}`]),
    ...(log === null
      ? []
      : [
          plain(
            `in the log  ${log.origin}, entry ${log.index} of ${log.size}${log.at === null ? "" : `, ${log.at}`}`,
          ),
          ...log.signedBy.map((vkey) => `            signed by ${vkey}`),
          ...log.cosignedBy.map((vkey) => `            witnessed by ${vkey}`),
          ...(log.signedBy.length === 0
            ? ["            NOT ASKED: whether that log signed it. Give its key with --log-vkey."]
            : []),
        ]),
    `time        ${seconds.toFixed(1)} s`,
  ];
  if (count === 0) {
    const asked = log !== null && log.signedBy.length > 0;
    const sound = asked
      ? "SOUND: everything holds."
      : "SOUND as far as was asked: the sender signed it and nothing was changed. The log was not asked.";
    return [...lines, sound].join("\n");
  }
  // What comes from others is shown as it is spelt, and never sent to a terminal as it is.
  const shown = findings.slice(0, SHOWN).map(({ fault, where }) => `  ${FAULTS[fault]} (${plain(where)})`);
  const more = count - shown.length;
  return [
    ...lines,
    ...shown,
    ...(more > 0 ? [`  … and ${more} more`] : []),
    `NOT SOUND: ${count} ${count === 1 ? "finding" : "findings"}. Do not use this packet; ask its sender.`,
  ].join("\n");
}

function plain(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (character) => {
    const point = character.codePointAt(0) ?? 0;
    return `\\u{${point.toString(16)}}`;
  });
}
