import { ocsfOf } from "./ocsf.ts";
import type { SiemEvent } from "./siemEvent.ts";
import { formatSyslog, type SyslogSource, syslogOf } from "./syslog.ts";

export const FEED_FORMATS = ["ocsf", "syslog"] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

/** An event as one line of a file or an answer, with its end. */
export function lineOf(event: SiemEvent, format: FeedFormat, source: SyslogSource): string {
  return format === "ocsf"
    ? `${JSON.stringify(ocsfOf(event, source))}\n`
    : `${formatSyslog(syslogOf(event, source))}\n`;
}
