import { FAULTS, type Finding } from "./findings.ts";
import type { Verdict } from "./verifyExport.ts";

const SHOWN = 20;

/** A verdict in lines for a terminal: what holds, what does not and where it begins. */
export function describeVerdict(verdict: Verdict, seconds: number): string {
  const { checkpoint, findings, count } = verdict;
  const lines = checkpoint
    ? [
        `checkpoint  ${checkpoint.origin}, ${checkpoint.size} leaves, root ${checkpoint.root.toString("base64")}`,
        ...verdict.signedBy.map((vkey) => `signed by   ${vkey}`),
        ...verdict.cosignedBy.map((vkey) => `witnessed   ${vkey}`),
        ...verdict.goesOnFrom.map((size) => `goes on     from the older checkpoint of ${size} leaves`),
        `read        ${verdict.leaves} leaves, ${verdict.commitments} commitments hold, ${verdict.forgotten} payloads forgotten`,
        `time        ${seconds.toFixed(1)} s (${Math.round(verdict.leaves / Math.max(seconds, 0.001))} leaves a second)`,
      ]
    : [];
  if (count === 0) return [...lines, "SOUND: everything holds."].join("\n");
  const first = findings.find(({ index }) => index !== null);
  return [
    ...lines,
    ...findings.slice(0, SHOWN).map(line),
    ...(count > SHOWN ? [`  … and ${count - SHOWN} more`] : []),
    `NOT SOUND: ${count} findings${first ? `, the first at leaf ${first.index}` : ""}.`,
  ].join("\n");
}

function line({ fault, index, where }: Finding): string {
  return `  ${index === null ? "" : `leaf ${index}: `}${FAULTS[fault]} (${where})`;
}
