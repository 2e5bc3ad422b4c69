import type { SyslogElement, SyslogMessage } from "../syslog.ts";

/** A strict reader of RFC 5424, written from its grammar (§6) and from nothing of ours. @throws on whatever the grammar does not allow */
export function parseSyslog(line: string): SyslogMessage {
  const head =
    /^<(0|[1-9]\d{0,2})>1 (-|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)) ([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) /.exec(
      line,
    );
  if (!head) throw new Error("The header is not one of RFC 5424.");
  const [all, priority = "", at = "", hostname = "", appName = "", procId = "", msgId = ""] = head;
  if (Number(priority) > 191) throw new Error("There is no such priority.");
  const { data, rest } = parseData(line.slice(all.length));
  return {
    facility: Math.floor(Number(priority) / 8),
    severity: Number(priority) % 8,
    at: at === "-" ? null : at,
    hostname,
    appName,
    procId,
    msgId,
    data,
    text: parseText(rest),
  };
}

function parseText(rest: string): string {
  if (rest === "") return "";
  if (!rest.startsWith(" \uFEFF")) throw new Error("A text in UTF-8 begins with its mark.");
  return rest.slice(2);
}

const NAME = /^[!#-<>-\\^-~]{1,32}/;

function parseData(text: string): { data: SyslogElement[]; rest: string } {
  if (text.startsWith("-")) return { data: [], rest: text.slice(1) };
  const data: SyslogElement[] = [];
  let at = 0;
  const take = (pattern: RegExp): string => {
    const found = pattern.exec(text.slice(at))?.[0];
    if (found === undefined) throw new Error(`Structured data are broken at ${at}.`);
    at += found.length;
    return found;
  };
  while (text[at] === "[") {
    at++;
    const id = take(NAME);
    const params: [string, string][] = [];
    while (text[at] === " ") {
      at++;
      const name = take(NAME);
      take(/^="/);
      let value = "";
      for (let c = text[at]; c !== '"'; c = text[at]) {
        if (c === undefined || c === "]") throw new Error("A value ends without a quotation mark.");
        if (c === "\\" && /["\\\]]/.test(text[at + 1] ?? "")) at++;
        value += text[at++];
      }
      at++;
      params.push([name, value]);
    }
    take(/^\]/);
    data.push({ id, params });
  }
  if (data.length === 0) throw new Error("There are no structured data and no mark for none.");
  return { data, rest: text.slice(at) };
}

/** Takes whole frames of RFC 5425 off the front of a buffer. @throws when a length is not one */
export function takeFrames(buffer: Buffer): { frames: string[]; rest: Buffer } {
  const frames: string[] = [];
  let rest = buffer;
  for (;;) {
    const space = rest.indexOf(0x20);
    if (space === -1) {
      if (rest.length > 10) throw new Error("A frame begins with its length.");
      return { frames, rest };
    }
    const length = rest.toString("latin1", 0, space);
    if (!/^[1-9]\d{0,5}$/.test(length)) throw new Error("A frame begins with its length.");
    const end = space + 1 + Number(length);
    if (rest.length < end) return { frames, rest };
    frames.push(rest.toString("utf8", space + 1, end));
    rest = rest.subarray(end);
  }
}
