import { keySettings } from "../../../environment/settings.ts";
import type { KeyProvider } from "./KeyProvider.ts";
import { localKeyFile } from "./localKeyFile.ts";

let held: { path: string; provider: KeyProvider } | undefined;

/**
 * The provider that the settings name. Today that is the local key file; a cloud key service becomes a second branch
 * here and a file beside `localKeyFile.ts`, and nothing else changes.
 */
export function keyProvider(): KeyProvider {
  const { keyFile } = keySettings();
  if (held?.path !== keyFile) held = { path: keyFile, provider: localKeyFile(keyFile) };
  return held.provider;
}
