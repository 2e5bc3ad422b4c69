import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Exchanged } from "./exchangeOnce.ts";
import type { Exchange } from "./outcome.ts";
import { understand } from "./understand.ts";

const exchange: Exchange = {
  requestId: null,
  status: 200,
  sentSha256: "",
  sentBytes: 0,
  answer: null,
  answerSha256: null,
  startedAt: new Date(0),
  milliseconds: 0,
};
const answered = (status: number, body: string | Buffer): Exchanged => ({
  kind: "answered",
  status,
  body: Buffer.from(body),
  exchange,
});
const response = (inside: string) =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><reportResponse>${inside}</reportResponse>`;
const OK = response(
  "<responseCode>0</responseCode><responseDescription>Success</responseDescription><reportId>4564654</reportId>",
);
const DONE = `<reportDoneResponse><responseCode>0</responseCode><reportId>4564654</reportId><files><fileId>b0754af766b426f2928a02c651ed4b99</fileId></files></reportDoneResponse>`;
const read = (
  status: number,
  body: string | Buffer,
  expected: "reportResponse" | "reportDoneResponse" = "reportResponse",
) => understand(expected, answered(status, body), 100_000);

describe("an answer", () => {
  test("of the documentation's example is a yes", () => {
    expect(read(200, OK)).toMatchObject({
      kind: "accepted",
      answer: { responseCode: 0, reportId: "4564654" },
    });
    expect(read(200, DONE, "reportDoneResponse")).toMatchObject({
      kind: "accepted",
      answer: { files: { fileId: ["b0754af766b426f2928a02c651ed4b99"] } },
    });
    expect(read(200, DONE.replace(/<fileId>.*<\/fileId>/, ""), "reportDoneResponse").kind).toBe("accepted");
  });

  test("that says more than we know is still understood", () => {
    expect(read(200, OK.replace("</reportResponse>", "<later>x</later></reportResponse>")).kind).toBe(
      "accepted",
    );
    const refused = response("<responseCode>4100</responseCode><responseDescription/><reportId>0</reportId>");
    expect(read(400, refused)).toMatchObject({ kind: "refused", code: 4100 });
  });

  test.each([
    ["says yes twice", OK.replace("<reportId>", "<responseCode>4100</responseCode><reportId>")],
    ["says nothing", response("")],
    ["says something that is no code", OK.replace(">0<", ">zero<")],
    ["is of another call", DONE],
    ["is a page", "<html><body/></html>"],
  ])("that %s is strange", (_, body) => {
    expect(read(200, body)).toMatchObject({
      kind: "failed",
      cause: "answer-strange",
      retry: false,
      inDoubt: true,
    });
  });

  test("that says yes under an error's status is strange", () => {
    expect(read(500, OK)).toMatchObject({ kind: "failed", cause: "answer-strange" });
  });

  test.each([
    [
      "DOCTYPE",
      OK.replace("<reportResponse>", '<!DOCTYPE r SYSTEM "http://127.0.0.1/x"><reportResponse>'),
      "answer-hostile",
    ],
    [
      "doctype in a comment",
      OK.replace("<reportResponse>", "<!-- <!doctype a> --><reportResponse>"),
      "answer-hostile",
    ],
    ["an entity", OK.replace("Success", "&unknown;"), "answer-unreadable"],
    ["half a document", OK.slice(0, 90), "answer-unreadable"],
    ["no UTF-8", Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]), "answer-unreadable"],
    ["100,000 levels", "<a>".repeat(30_000), "answer-unreadable"],
  ])("with %s is refused", (_, body, cause) => {
    expect(read(200, body)).toMatchObject({ kind: "failed", cause });
  });

  test("spoilt anywhere is never taken for more than it says: 3,000 times", () => {
    const spoil = fc.tuple(
      fc.nat(OK.length),
      fc.nat(20),
      fc.string({ maxLength: 12 }),
      fc.constantFrom(200, 400, 500, 302),
    );
    fc.assert(
      fc.property(spoil, ([at, cut, put, status]) => {
        const body = OK.slice(0, at) + put + OK.slice(at + cut);
        const outcome = read(status, body);
        if (outcome.kind !== "accepted") return;
        expect(status).toBe(200);
        expect(outcome.answer.responseCode).toBe(0);
        expect(body).toMatch(/<responseCode\s*>\s*[+-]?0+\s*<\/responseCode\s*>/);
      }),
      { numRuns: 3000 },
    );
  });
});
