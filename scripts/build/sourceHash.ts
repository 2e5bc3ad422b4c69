import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Folders whose files end up in the build, or could. */
const FOLDERS = ["app", "components", "contracts", "domain", "server", "db", "environment", "public"];

/**
 * A digest of everything that a build is made of: sources, configuration, locked packages. Tests and SQL are left out,
 * since neither is bundled.
 */
export function sourceHash(root: string): string {
  const hash = createHash("sha256");
  for (const file of sources(root)) {
    // Name and length first, so that no two sets of files share one digest.
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function sources(root: string): string[] {
  const top = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(package-lock\.json|[\w.]+\.(ts|js|mjs|cjs))$/.test(entry.name))
    .filter(({ name }) => !/^(next-env\.d|vitest\.config|playwright\.config)\./.test(name))
    .map(({ name }) => name);
  const below = FOLDERS.flatMap((folder) => {
    try {
      return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/(\.test\.tsx?|\.sql|\.md)$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
    } catch {
      return [];
    }
  });
  return [...top, ...below].sort();
}
