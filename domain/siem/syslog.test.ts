import fc from "fast-check";
import { expect, test } from "vitest";
import { AUDIT_ACTION_NAMES } from "../auditActions.ts";
import { formatSyslog, MOST_BYTES, octetCounted, type SyslogMessage, syslogOf } from "./syslog.ts";
import { barestEvent, exampleEvent } from "./test/event.ts";
import { parseSyslog, takeFrames } from "./test/parseSyslog.ts";

const SOURCE = {
  origin: "example.org/log",
  version: "1.2.3",
  hostname: "desk.example.org",
  enterprise: 32473,
};

const plain: SyslogMessage = {
  facility: 13,
  severity: 6,
  at: "2026-01-02T03:04:05.678901Z",
  hostname: "desk.example.org",
  appName: "unseal",
  procId: "-",
  msgId: "view.opened",
  data: [],
  text: "",
};
/** Any text there is, down to controls, marks, brackets and broken surrogates. */
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom('"', "\\", "]", "[", "=", " ", "\n", "\0", "\uFEFF", "é", "𝄞", "\uD800"),
  }),
);

test("the example of the standard's own form", () => {
  expect(formatSyslog({ ...plain, data: [{ id: "a@32473", params: [["k", 'a"b\\c]d']] }], text: "ü" })).toBe(
    '<110>1 2026-01-02T03:04:05.678901Z desk.example.org unseal - view.opened [a@32473 k="a\\"b\\\\c\\]d"] \uFEFFü',
  );
  expect(formatSyslog({ ...plain, at: null })).toBe("<110>1 - desk.example.org unseal - view.opened -");
});

test("any text in structured data and behind them is read back as it was", () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 4 }), anyText, (values, text) => {
      const data = [{ id: "x@32473", params: values.map((value, i) => [`p${i}`, value] as const) }];
      const read = parseSyslog(formatSyslog({ ...plain, data, text }));
      expect(read.data[0]?.params.map(([, value]) => value)).toEqual(values.map((v) => v.toWellFormed()));
      expect(read.text).toBe(text.toWellFormed());
    }),
    { numRuns: 2000 },
  );
});

test("no header field can grow a field, a line or a length of its own", () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, (hostname, msgId, name) => {
      const long = hostname.repeat(50);
      const data = [{ id: name, params: [[name, "v"] as const] }];
      const read = parseSyslog(
        formatSyslog({ ...plain, hostname: long, appName: long, procId: long, msgId, data }),
      );
      expect(read.data).toHaveLength(1);
      expect(read.data[0]?.params).toHaveLength(1);
      expect(read.at).toBe(plain.at);
    }),
    { numRuns: 1000 },
  );
});

test("frames are counted in bytes and come apart however the stream is cut", () => {
  fc.assert(
    fc.property(
      fc.array(anyText, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 40 }),
      (texts, step) => {
        const sent = texts.map((text) => formatSyslog({ ...plain, text }));
        const stream = Buffer.concat(sent.map(octetCounted));
        const got: string[] = [];
        let held: Buffer = Buffer.alloc(0);
        for (let at = 0; at < stream.length; at += step) {
          const { frames, rest } = takeFrames(Buffer.concat([held, stream.subarray(at, at + step)]));
          got.push(...frames);
          held = rest;
        }
        expect(got).toEqual(sent);
        expect(held).toHaveLength(0);
      },
    ),
  );
});

test("a text that is too long is cut at the end of a character, and structured data never", () => {
  for (const character of ["x", "é", "€", "𝄞"]) {
    for (let n = 0; n < 4; n++) {
      const line = formatSyslog({ ...plain, procId: "p".repeat(n + 1), text: character.repeat(9000) });
      const bytes = Buffer.byteLength(line);
      expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
      expect(bytes).toBeGreaterThan(MOST_BYTES - 4);
      expect(parseSyslog(line).text).toMatch(new RegExp(`^${character}+$`, "u"));
    }
  }
  const value = "v".repeat(MOST_BYTES);
  const read = parseSyslog(
    formatSyslog({ ...plain, data: [{ id: "x@1", params: [["k", value]] }], text: "t" }),
  );
  expect(read).toMatchObject({ text: "", data: [{ params: [["k", value]] }] });
});

test.each(AUDIT_ACTION_NAMES)("%s is told in one line that fits, with its id and its place", (action) => {
  for (const event of [exampleEvent({ action }), barestEvent({ action, outcome: "denied" })]) {
    const line = formatSyslog(syslogOf(event, SOURCE));
    expect(line).not.toMatch(/[\n\r]/);
    expect(Buffer.byteLength(line)).toBeLessThan(2048);
    const read = parseSyslog(line);
    expect(read.msgId).toBe(action.slice(0, 32));
    const facts = Object.fromEntries(read.data[1]?.params ?? []);
    expect(facts).toMatchObject({ eventId: event.id, logIndex: "41", logOrigin: "example.org/log", action });
  }
});
