import { randomUUID } from "node:crypto";
import { link, open, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { AuditExport } from "./exportEvents.ts";

/**
 * Writes an export to a file of mode 0600 that appears under its name only when it is whole.
 *
 * @param onProgress is told how many bytes are written, piece by piece
 * @throws an error of Node (EEXIST) when a file of that name stands there: an export is never overwritten
 */
export async function exportToFile(
  { pieces }: AuditExport,
  path: string,
  onProgress: (bytes: number) => void = () => {},
): Promise<void> {
  const temporary = join(dirname(path), `.unseal-export-${randomUUID()}`);
  const handle = await open(temporary, "wx", 0o600);
  try {
    let bytes = 0;
    for await (const piece of pieces) {
      bytes += (await handle.write(piece)).bytesWritten;
      onProgress(bytes);
    }
    await handle.sync();
    await handle.close();
    // Unlike a rename, a link refuses to replace what stands there.
    await link(temporary, path);
  } finally {
    await handle.close().catch(() => {});
    await unlink(temporary).catch(() => {});
  }
}
