import { buildPacket } from "../server/disclosure/buildPacket.ts";
import { runProductions } from "../server/legal/productions/runProductions.ts";

/**
 * Builds packets for lawful requests in this process, beside any others that do so too.
 *
 * @returns how to end it; resolves when the step at hand has ended
 */
export function startProductions(): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const running = runProductions({ build: buildPacket, signal: stopping.signal });
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
