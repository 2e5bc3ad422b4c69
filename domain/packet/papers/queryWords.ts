import { count } from "./lines.ts";

/**
 * A recorded query in a line of words. What is recorded is canonical JSON with ids of ours in it, which the recipient is given the
 * hash of; whatever else it is is told as it stands.
 */
export function queryWords(query: string): string {
  const recorded = parsed(query);
  if (!recorded) return query;
  const { accounts, from, until, sentBy, kinds, threads, counts } = recorded;
  const of = list(accounts)
    .map((one) => (isObject(one) ? `${one.account} (${one.platform})` : ""))
    .filter((one) => one !== "");
  const range =
    typeof from === "string" || typeof until === "string"
      ? `from ${typeof from === "string" ? from : "the beginning"} until ${typeof until === "string" ? until : "the cut-off"}`
      : "without limits in time";
  const found = isObject(counts) ? [counts.messages, counts.threads] : [];
  const [messages, conversations] = found;
  return [
    `conversations of ${of.join(", ") || "no account"}`,
    sentBy === "named_accounts" ? "messages of these accounts alone" : "messages of everybody in them",
    list(kinds).length > 0 ? `of the kinds ${list(kinds).join(", ")}` : "of any kind",
    ...(list(threads).length > 0
      ? [`in ${count(list(threads).length, "conversation")} that counsel chose`]
      : []),
    range,
    ...(typeof messages === "number" && typeof conversations === "number"
      ? [`which found ${count(messages, "message")} in ${count(conversations, "conversation")}`]
      : []),
  ].join(", ");
}

function parsed(query: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(query);
    return isObject(value) && value.v === 1 ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
