import { accessSync, constants, statSync } from "node:fs";
import { z } from "zod";

/** Hosts that never leave this machine. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;

/** Values that were printed somewhere, so that anyone may know them. Compared in lower case, as parts of the value. */
const PUBLISHED = [
  "changeme",
  "change-me",
  "change_me",
  "replace",
  "example",
  "placeholder",
  "your-",
  "your_",
  "secret",
  "password",
  "passw0rd",
  "insecure",
  "development",
  "nextauth",
  "01234567",
  "12345678",
  "abcdefgh",
  "qwerty",
];

/**
 * A PostgreSQL URL with user, host and database name. Off this machine `sslmode` must be said, so that nobody sends
 * rows over a network in clear by leaving a word out.
 */
export const databaseUrl = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const refuse = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) return refuse("is not a postgres:// URL");
  if (!url.username) return refuse("names no user");
  if (!url.hostname) return refuse("names no host");
  if (url.pathname.length < 2) return refuse("names no database");
  if (!LOOPBACK.test(url.hostname) && !url.searchParams.has("sslmode"))
    return refuse("points to another machine and does not say sslmode");
  return value;
});

/** An absolute origin without path. Plain http is taken for this machine only. Normalised without a final slash. */
export const publicOrigin = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const refuse = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  if (!url || !/^https?:$/.test(url.protocol)) return refuse("is not an http(s) URL");
  if (url.pathname !== "/" || url.search || url.hash || url.username)
    return refuse("is more than scheme, host and port");
  if (url.protocol === "http:" && !LOOPBACK.test(url.hostname))
    return refuse("is plain http on a public name");
  return url.origin;
});

/** An https address that calls are sent to, or nothing. Plain http is taken for this machine only. */
export const callAddress = z.string().transform((value, context) => {
  if (value === "") return null;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const refuse = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  if (!url || !/^https?:$/.test(url.protocol)) return refuse("is not an https URL");
  if (url.username || url.password || url.hash) return refuse("carries a user, a password or a fragment");
  if (url.protocol === "http:" && !LOOPBACK.test(url.hostname))
    return refuse("is plain http to another machine");
  return url.href;
});

/** At least 32 bytes that look drawn at random: not a published example, not a few characters over and over. */
export const strongSecret = z.string().superRefine((value, context) => {
  const refuse = (message: string) => context.addIssue({ code: "custom", message });
  if (Buffer.byteLength(value) < 32) return refuse("is shorter than 32 bytes");
  const lower = value.toLowerCase();
  if (PUBLISHED.some((part) => lower.includes(part))) return refuse("is, or contains, a published example");
  if (new Set(value).size < 10) return refuse("repeats a few characters");
});

/** A regular file that its owner alone may read. Returned as given. */
export const privateFile = z.string().superRefine((path, context) => {
  const refuse = (message: string) => context.addIssue({ code: "custom", message });
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return refuse("names a file that does not exist");
  if (!found.isFile()) return refuse("does not name a regular file");
  // Windows keeps access rights elsewhere; its mode bits say nothing.
  if (process.platform !== "win32" && (found.mode & 0o077) !== 0)
    return refuse("names a file that others on this machine may open");
  try {
    accessSync(path, constants.R_OK);
  } catch {
    return refuse("names a file that this process may not read");
  }
});

/** A whole number in a range, written in decimal. */
export const wholeNumber = (least: number, most: number) =>
  z.string().transform((value, context) => {
    const number = /^\d{1,12}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    context.addIssue({ code: "custom", message: `is not a whole number from ${least} to ${most}` });
    return z.NEVER;
  });

/** A switch: on or off, in the words people write. */
export const onOff = z.string().transform((value, context) => {
  if (/^(on|1|true|yes)$/i.test(value)) return true;
  if (/^(off|0|false|no)$/i.test(value)) return false;
  context.addIssue({ code: "custom", message: "is neither on nor off" });
  return z.NEVER;
});

/** A comma-separated choice of the given words, at least one, each once. */
export const someOf = <const Word extends string>(words: readonly Word[]) =>
  z.string().transform((value, context): readonly Word[] => {
    const given = value.split(",").map((part) => part.trim());
    const known = words.filter((word) => given.includes(word));
    if (known.length > 0 && known.length === given.length) return Object.freeze(known);
    context.addIssue({ code: "custom", message: `is not a list of ${words.join(", ")}` });
    return z.NEVER;
  });

/** An address that checkpoints are pushed to: https, or plain http on this machine only. Empty: none. */
export const pushUrl = z.string().transform((value, context) => {
  if (value === "") return value;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const safe = url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.test(url.hostname));
  if (safe && !url?.username && !url?.password) return value;
  context.addIssue({ code: "custom", message: "is not an https URL (http is taken for this machine only)" });
  return z.NEVER;
});

/** A comma-separated list of witnesses, each a vkey, a blank and its address. */
export const witnessList = z.string().transform((value, context) => {
  const refuse = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  const list: { vkey: string; url: string }[] = [];
  for (const part of value.split(",").map((one) => one.trim())) {
    if (part === "") continue;
    const [vkey = "", url = "", ...more] = part.split(/\s+/);
    if (more.length > 0 || !/^[^+\s]+\+[0-9a-f]{8}\+\S+$/.test(vkey))
      return refuse("is not a list of: vkey address");
    if (url === "" || !pushUrl.safeParse(url).success) return refuse("holds an address that is not https");
    list.push({ vkey, url });
  }
  return list;
});

/** One of the given words. */
export const oneOf = <const Word extends string>(words: readonly Word[]) =>
  z.string().transform((value, context): Word => {
    const known = words.find((word) => word === value);
    if (known !== undefined) return known;
    context.addIssue({ code: "custom", message: `is not one of ${words.join(", ")}` });
    return z.NEVER;
  });
