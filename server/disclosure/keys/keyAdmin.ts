import { keySettings } from "../../../environment/settings.ts";
import { addKey, dropKey, readKeyRing } from "./keyRing.ts";

/** A key-encryption key, without the key. */
export interface KekInfo {
  readonly id: string;
  readonly createdAt: string;
  readonly current: boolean;
}

/** What an operator may do with the key-encryption keys, whichever provider keeps them. */
export interface KeyAdmin {
  list(): Promise<KekInfo[]>;
  /** Makes a new one, which wraps every data key from now on. @returns its id */
  add(): Promise<string>;
  /** Removes one for good. The caller has made sure that nothing is wrapped by it and nothing will be. */
  drop(id: string): Promise<void>;
}

/** The administration of the provider that the settings name: see `provider.ts`. */
export function keyAdmin(): KeyAdmin {
  const { keyFile } = keySettings();
  return {
    async list() {
      const { keys, current } = await readKeyRing(keyFile);
      return Object.entries(keys)
        .map(([id, { createdAt }]) => ({ id, createdAt, current: id === current }))
        .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    },
    add: () => addKey(keyFile),
    drop: (id) => dropKey(keyFile, id),
  };
}
