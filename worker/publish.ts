import { sequencerSettings, sinkSettings } from "../environment/settings.ts";
import { configuredSinks } from "../server/tlog/publish/configuredSinks.ts";
import { runPublisher } from "../server/tlog/publish/runPublisher.ts";

/**
 * Pushes checkpoints to the sinks that are configured, in this process, or stands by while another does.
 *
 * @returns how to end it
 * @throws Error when a sink is configured in a way that cannot work
 */
export function startPublisher(): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const running = runPublisher({
    url: sequencerSettings().auditDatabaseUrl,
    sinks: configuredSinks(sinkSettings()),
    signal: stopping.signal,
  });
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
