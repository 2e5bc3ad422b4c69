import type { SyslogSource } from "../../domain/siem/syslog.ts";
import { PRODUCT_VERSION } from "../../domain/siem/version.ts";

/**
 * What events say of where they come from. The host is the one that the log is named by, so that a line is the same
 * whichever process sends it.
 *
 * @param origin of the log, e.g. `unseal.example.org/audit-log`; null while it has no checkpoint
 * @param enterprise number for structured data; the one for examples unless told
 */
export function sourceOf(origin: string | null, enterprise = 32473): SyslogSource {
  const known = origin ?? "unseal";
  return { origin: known, version: PRODUCT_VERSION, hostname: known.split("/")[0] ?? "", enterprise };
}
