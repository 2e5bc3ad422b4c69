import type { AuditExportQuery } from "../../../contracts/audit.ts";
import type { Actor } from "../../actor.ts";
import { exportEvents } from "../exportEvents.ts";

/** An export as one text. */
export async function collect(actor: Actor, query: AuditExportQuery): Promise<string> {
  return textOf(await exportEvents(actor, query));
}

/** Any file that is written piece by piece as one text. */
export async function textOf({ pieces }: { pieces: AsyncIterable<string> }): Promise<string> {
  const parts: string[] = [];
  for await (const piece of pieces) parts.push(piece);
  return parts.join("");
}
