import { countForbidden, spellForbidden } from "../characters.ts";
import type { Field, SimpleType, TextType } from "../model/kinds.ts";
import type { Report } from "../rules/ruleOn.ts";
import { readDate, readDateTime } from "./moments.ts";
import { isEmail, isIp, isToken, isUrl } from "./textFormats.ts";

type Say = (rule: Parameters<Report>[0], message: string) => void;

const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;
const patterns = new Map<string, RegExp>();

/**
 * Checks one simple value against its type and what the field asks of it.
 *
 * @returns whether it is of the right kind, so that rules may read it
 */
export function checkSimple(type: SimpleType, field: Field, value: unknown, now: Date, say: Say): boolean {
  switch (type.kind) {
    case "boolean":
      if (typeof value === "boolean") return true;
      say("schema.type", "Answer yes or no, or leave it out.");
      return false;
    case "presence":
      if (value === true) return true;
      say("schema.presence", "Tick it or leave it out: it cannot say no.");
      return false;
    case "int":
    case "double":
      return checkNumber(type, value, say);
    default:
      break;
  }
  if (typeof value !== "string") {
    say("schema.type", "Write a text here.");
    return false;
  }
  if (field.notBlank && value.trim() === "") say("service.blank", "Write something, or leave the field out.");
  if (type.kind === "text") checkText(type, value, say);
  else if (type.kind === "enumeration") {
    if (!type.values.includes(value)) say("schema.enumeration", "Choose one of the values offered.");
  } else if (type.kind === "long") checkLong(value, say);
  else checkMoment(type.kind, field, value, now, say);
  return true;
}

function checkNumber(
  type: Extract<SimpleType, { kind: "int" | "double" }>,
  value: unknown,
  say: Say,
): boolean {
  if (typeof value !== "number") {
    say("schema.type", "Write a number.");
    return false;
  }
  if (
    !Number.isFinite(value) ||
    (type.kind === "int" && (!Number.isInteger(value) || Math.abs(value) > 2 ** 31 - 1))
  ) {
    say("schema.number", type.kind === "int" ? "Write a whole number." : "Write a number.");
  } else if (type.kind === "double") {
    if (Math.abs(value) > type.bound)
      say("advice.coordinates", `Look again: it should lie between -${type.bound} and ${type.bound}.`);
  } else if (value < type.min || value > type.max) {
    say(
      type.max === 65_535 ? "service.port" : "service.age",
      `Write a number from ${type.min} to ${type.max}.`,
    );
  }
  return true;
}

function checkText(type: TextType, value: string, say: Say): void {
  const forbidden = countForbidden(value);
  if (forbidden > 0 && type.exact)
    say(
      "schema.characters",
      `Take out ${characters(forbidden)} that cannot be sent. An id is never changed on its way.`,
    );
  else if (forbidden > 0)
    say(
      "advice.characters",
      `${characters(forbidden)} that cannot be sent will be spelt out, such as [U+0000].`,
    );
  const length = forbidden > 0 ? spellForbidden(value).length : value.length;
  if (type.max !== null && length > type.max)
    say("service.length", `Shorten it to ${type.max} characters; it has ${length}.`);
  if (type.pattern !== null && !pattern(type.pattern).test(value))
    say(
      "schema.pattern",
      type.pattern.startsWith("\\+") ? "Write + and one to three digits." : "Write digits only.",
    );
  if (type.format === "email" && !isEmail(value))
    say("service.email", "Write a whole e-mail address, such as name@example.org.");
  if (type.format === "url" && !isUrl(value))
    say("service.url", "Write a whole web address that begins with https:// or http://.");
  if (type.format === "ip" && !isIp(value))
    say("service.ip", "Write an IPv4 or IPv6 address and nothing else.");
  if (type.format === "token" && !isToken(value))
    say("service.token", "Write the id as it was given, without spaces.");
}

function checkLong(value: string, say: Say): void {
  if (!/^-?\d{1,19}$/.test(value) || BigInt(value) < LONG_MIN || BigInt(value) > LONG_MAX)
    say("schema.number", "Write the number with digits only.");
  else if (BigInt(value) <= 0n)
    say("service.reportNumber", "Write the number as the service gave it; it is above 0.");
}

function checkMoment(kind: "date" | "dateTime", field: Field, value: string, now: Date, say: Say): void {
  const moment = kind === "date" ? readDate(value) : readDateTime(value);
  if (!moment) {
    const example = kind === "date" ? "2026-02-28" : "2026-02-28T13:45:00Z";
    say("schema.date", `Write a date${kind === "date" ? "" : " and time"} that exists, such as ${example}.`);
    return;
  }
  if (kind === "dateTime" && !moment.zoned)
    say("service.zone", "Add the time zone: Z for UTC, or a distance such as +02:00.");
  if (field.past && moment.at >= now.getTime())
    say("service.past", "It lies in the future. Only the past is accepted.");
}

function pattern(source: string): RegExp {
  const known = patterns.get(source) ?? new RegExp(`^(?:${source})$`);
  patterns.set(source, known);
  return known;
}
function characters(count: number): string {
  return count === 1 ? "One character" : `${count} characters`;
}
