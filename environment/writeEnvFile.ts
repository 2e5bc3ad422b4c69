import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";

/**
 * Writes a settings file of mode 0600, whole or not at all.
 *
 * @param values variables; quoted where needed so that Node and a shell read the same
 * @throws when a value holds a line break, or both kinds of quotes
 */
export async function writeEnvFile(path: string, values: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(values).map(([name, value]) => {
    return `${name}=${quote(name, value)}`;
  });
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(`${lines.join("\n")}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path).catch(async (cause) => {
    await rm(draft, { force: true });
    throw cause;
  });
}

function quote(name: string, value: string): string {
  if (/^[\w.:/@?=&%+,~-]+$/.test(value)) return value;
  if (!/['\r\n]/.test(value)) return `'${value}'`;
  if (!/["`$\\\r\n]/.test(value)) return `"${value}"`;
  throw new Error(`${name} holds characters that a settings file cannot carry.`);
}
