import { accessSync, constants, statSync } from "node:fs";
import { z } from "zod";

/** A setting that may be left out; null then. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([z.literal("").transform(() => null), schema]);

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** `tls://host:port` of a syslog receiver; 6514 when no port is said (RFC 5425 §4.1). */
export const syslogTarget = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const refuse = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  if (url?.protocol !== "tls:") return refuse("is not a tls:// URL");
  if (!url.hostname) return refuse("names no host");
  if (url.username || url.password || !/^\/?$/.test(url.pathname) || url.search || url.hash)
    return refuse("is more than host and port");
  return { host: url.hostname.replace(/^\[(.*)\]$/, "$1"), port: url.port === "" ? 6514 : Number(url.port) };
});

/** An https address. Plain http is taken for this machine only. No user, no password, no token in the address. */
export const eventsUrl = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const refuse = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  if (!url || !/^https?:$/.test(url.protocol)) return refuse("is not an https URL");
  if (url.protocol === "http:" && !LOOPBACK.test(url.hostname)) return refuse("would send events in clear");
  if (url.username || url.password || url.search || url.hash)
    return refuse("carries a user, a query or a fragment, which end up in other people's logs");
  return url;
});

/** A regular file that this process may read. Returned as given. */
export const readableFile = z.string().superRefine((path, context) => {
  const refuse = (message: string) => context.addIssue({ code: "custom", message });
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return refuse("names no regular file");
  try {
    accessSync(path, constants.R_OK);
  } catch {
    refuse("names a file that this process may not read");
  }
});
