import { sequencerSettings } from "../environment/settings.ts";
import { runSequencer } from "../server/tlog/sequencer/runSequencer.ts";

/**
 * Continues the log in this process, or stands by while another does.
 *
 * @returns how to end it; resolves after the batch at hand
 */
export function startSequencer(): { stop: () => Promise<void> } {
  const { auditDatabaseUrl, logKeyFile } = sequencerSettings();
  const stopping = new AbortController();
  const running = runSequencer({ url: auditDatabaseUrl, keyFile: logKeyFile, signal: stopping.signal });
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
