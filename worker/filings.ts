import { runFilings } from "../server/cybertip/filing/runFilings.ts";
import { openFiling } from "../server/disclosure/openFiling.ts";

/**
 * Files CyberTip reports from this process, beside any others that do so too.
 *
 * @returns how to end it; resolves when the calls under way have ended
 */
export function startFilings(): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const running = runFilings({ assemble: openFiling, signal: stopping.signal });
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
