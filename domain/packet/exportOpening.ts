import { hash } from "node:crypto";

/**
 * The leaf of the export event holds a commitment to what was recorded: SHA-256 over the event's salt and the text. Salt and text
 * lie beside it in the packet, so that everybody can open it.
 */
export interface ExportOpening {
  /** In hexadecimal. */
  readonly salt: string;
  /** The very text that was committed to: JSON with `recordsSha512`, `productionId`, `first`, `last`, `records` and more. */
  readonly detail: string;
}

/** `data/log/export-opening.json` */
export function formatOpening({ salt, detail }: ExportOpening): string {
  return `${JSON.stringify({ v: 1, salt, detail })}\n`;
}

/** @returns undefined when the text is none */
export function parseOpening(text: string): ExportOpening | undefined {
  const value = objectOf(text);
  const { v, salt, detail } = value ?? {};
  if (v !== 1 || typeof salt !== "string" || typeof detail !== "string") return undefined;
  return /^[0-9a-f]{32}$/.test(salt) ? { salt, detail } : undefined;
}

/** The commitment that the leaf must hold. */
export function commitmentOf({ salt, detail }: ExportOpening): string {
  return hash("sha256", Buffer.concat([Buffer.from(salt, "hex"), Buffer.from(detail)]), "hex");
}

/** What was recorded, as far as it is about the packet; undefined when the text is no object. */
export function recordedOf({ detail }: ExportOpening): Readonly<Record<string, unknown>> | undefined {
  return objectOf(detail);
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
