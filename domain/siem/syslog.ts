import { factsOf } from "./facts.ts";
import { type Severity, severityOf } from "./mapping.ts";
import { sentenceOf } from "./ocsf.ts";
import type { SiemEvent, SiemSource } from "./siemEvent.ts";

/** A message of RFC 5424, before it is written. */
export interface SyslogMessage {
  /** 0 to 23 (RFC 5424 §6.2.1). */
  readonly facility: number;
  /** 0 to 7. */
  readonly severity: number;
  /** RFC 3339, UTC, at most six digits of a second; null when not known. */
  readonly at: string | null;
  readonly hostname: string;
  readonly appName: string;
  readonly procId: string;
  readonly msgId: string;
  readonly data: readonly SyslogElement[];
  /** Free text; empty for none. */
  readonly text: string;
}

export interface SyslogElement {
  readonly id: string;
  readonly params: readonly (readonly [name: string, value: string])[];
}

/** How the host and the enterprise number of structured data are called. */
export interface SyslogSource extends SiemSource {
  readonly hostname: string;
  /** Private enterprise number; 32473 is the one for examples (RFC 5612). */
  readonly enterprise: number;
}

/** RFC 5425 §4.3.1: receivers should take this much. */
export const MOST_BYTES = 8192;
/** RFC 5424 §6.4: a text in UTF-8 begins with it. */
const BOM = "\uFEFF";
/** RFC 5424 §6.2.1: "log audit". */
const AUDIT = 13;
/** By how grave it is: informational, notice, warning, error. */
const LEVELS: Readonly<Record<Severity, number>> = { 1: 6, 2: 5, 3: 4, 4: 3 };

/**
 * Writes a message as RFC 5424 has it: header, structured data, and the text behind a byte order mark. When it would be
 * longer than 8,192 bytes, the text is cut at the end of a character; structured data never are.
 */
export function formatSyslog(message: SyslogMessage): string {
  const priority = message.facility * 8 + message.severity;
  const header = [
    `<${priority}>1`,
    message.at ?? "-",
    printable(message.hostname, 255),
    printable(message.appName, 48),
    printable(message.procId, 128),
    printable(message.msgId, 32),
  ].join(" ");
  const data = message.data.map(element).join("") || "-";
  const front = `${header} ${data}`;
  if (message.text === "") return front;
  return front + cut(` ${BOM}${message.text.toWellFormed()}`, MOST_BYTES - Buffer.byteLength(front));
}

/** A header field: printable ASCII without spaces, at most so long (RFC 5424 §6); "-" for nothing. */
function printable(value: string, most: number): string {
  return value.replaceAll(/[^\x21-\x7e]/g, "_").slice(0, most) || "-";
}

/** A name in structured data (RFC 5424 §6.3.2): as above, and neither `=`, `]` nor a quotation mark. */
function sdName(name: string): string {
  return printable(name.replaceAll(/[="\]]/g, "_"), 32);
}

function element({ id, params }: SyslogElement): string {
  return `[${[sdName(id), ...params.map(([name, value]) => `${sdName(name)}="${escapeValue(value)}"`)].join(" ")}]`;
}

/** RFC 5424 §6.3.3: a quotation mark, a backslash and a closing bracket each get a backslash, and nothing else does. */
export function escapeValue(value: string): string {
  return value.toWellFormed().replaceAll(/["\\\]]/g, "\\$&");
}

/** Cuts a text to so many bytes of UTF-8, never inside a character. */
function cut(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  // A space and a mark without a text behind them would say nothing.
  if (most < Buffer.byteLength(` ${BOM}x`)) return "";
  const bytes = Buffer.from(text);
  let end = most;
  // Bytes of the form 10xxxxxx go on a character that began before them (RFC 3629 §3).
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString("utf8", 0, end);
}

/** A frame for TLS: the length in bytes, a space, the message (RFC 5425 §4.3, octet counting). */
export function octetCounted(message: string): Buffer {
  const bytes = Buffer.from(message);
  return Buffer.concat([Buffer.from(`${bytes.length} `), bytes]);
}

/** An event as RFC 5424: the facts in structured data, one sentence as the text. The same facts as in OCSF, and no more. */
export function syslogOf(event: SiemEvent, source: SyslogSource): SyslogMessage {
  const { code } = factsOf(event.detail);
  const facts: [string, string | null][] = [
    ["eventId", event.id],
    ["logOrigin", source.origin],
    ["logIndex", String(event.index)],
    ["leafHash", event.leafHash],
    ["action", event.action],
    ["outcome", event.outcome],
    ["code", typeof code === "string" ? code : null],
    ["actorKind", event.actorKind],
    ["actor", event.actorId],
    ["roles", event.actorRoles.join(",") || null],
    ["session", event.sessionId],
    ["ip", event.ip],
    ["case", event.caseId],
    ["thread", event.threadId],
    ["queue", event.queueId],
    ["flag", event.flagId],
    ["grant", event.grantId],
    ["view", event.viewId],
    ["decision", event.decisionId],
    ["subject", event.subjectStaffId],
    ["purpose", event.purpose],
    ["reasonCommitment", event.reasonCommitment],
    ["request", event.requestId],
  ];
  return {
    facility: AUDIT,
    severity: LEVELS[severityOf(event)],
    at: event.at,
    hostname: source.hostname,
    appName: "unseal",
    procId: "-",
    msgId: event.action,
    data: [
      {
        id: "origin",
        params: [
          ["software", "Unseal"],
          ["swVersion", source.version],
        ],
      },
      {
        id: `unseal@${source.enterprise}`,
        params: facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
      },
    ],
    text: sentenceOf(event),
  };
}
