import { CANARY_MARK, canary } from "../support/canary.ts";

const PLANTED = `${CANARY_MARK}planted`;

/** A canary that a test lets out on purpose. It can be told from one that got out by itself. */
export function plantedCanary(): string {
  return PLANTED + canary().slice(PLANTED.length);
}

export const isPlanted = (found: string | null): boolean => found?.toLowerCase().startsWith(PLANTED) ?? false;
