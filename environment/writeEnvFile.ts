import { writePrivately } from "./writePrivately.ts";

/**
 * Writes a settings file of mode 0600, whole or not at all.
 *
 * @param values variables; quoted where needed so that Node and a shell read the same
 * @throws when a value holds a line break, or both kinds of quotes
 */
export async function writeEnvFile(path: string, values: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${quote(name, value)}`);
  await writePrivately(path, `${lines.join("\n")}\n`);
}

function quote(name: string, value: string): string {
  if (/^[\w.:/@?=&%+,~-]+$/.test(value)) return value;
  if (!/['\r\n]/.test(value)) return `'${value}'`;
  if (!/["`$\\\r\n]/.test(value)) return `"${value}"`;
  throw new Error(`${name} holds characters that a settings file cannot carry.`);
}
