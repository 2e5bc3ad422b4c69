import { hostname } from "node:os";
import type { SyslogSource } from "../../domain/siem/syslog.ts";
import { PRODUCT_VERSION } from "../../domain/siem/version.ts";

/**
 * What events say of where they come from.
 *
 * @param origin of the log; null while it has no checkpoint
 * @param enterprise number for structured data; the one for examples unless told
 */
export function sourceOf(origin: string | null, enterprise = 32473): SyslogSource {
  return { origin: origin ?? "unseal", version: PRODUCT_VERSION, hostname: hostname(), enterprise };
}
