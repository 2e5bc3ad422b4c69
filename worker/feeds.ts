import { sequencerSettings, siemSettings } from "../environment/settings.ts";
import { runSinks } from "../server/siem/runSinks.ts";
import { sinksOf } from "../server/siem/sinks.ts";

/**
 * Pushes events to the sinks of the settings from this process, or stands by while another does.
 *
 * @returns how to end it; resolves after the deliveries at hand
 * @throws SettingsError when settings that belong together do not come together
 */
export function startFeeds(): { stop: () => Promise<void> } {
  const settings = siemSettings();
  const sinks = sinksOf(settings);
  const stopping = new AbortController();
  const running = runSinks({
    url: sequencerSettings().auditDatabaseUrl,
    sinks,
    fromNow: settings.siemStart === "now",
    alertMs: settings.siemAlertMinutes * 60_000,
    enterprise: settings.siemEnterprise,
    signal: stopping.signal,
  });
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
