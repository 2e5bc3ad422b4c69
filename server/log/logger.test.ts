import fc from "fast-check";
import { pino } from "pino";
import { expect, test } from "vitest";
import { DatabaseFailure } from "../../db/failure.ts";
import { withRequest } from "../../environment/requestContext.ts";
import type { LogFields } from "./fields.ts";
import { makeLog } from "./logger.ts";
import { reduceError } from "./reduceError.ts";

const CANARY = "canary-in-a-body 7f3a";

function capture() {
  const lines: string[] = [];
  const sink = pino({ level: "debug" }, { write: (line: string) => lines.push(line) });
  return { log: makeLog(() => sink), lines, last: () => JSON.parse(lines.at(-1) ?? "{}") };
}

test("keeps the allow-listed fields and the request's id", () => {
  const { log, last } = capture();
  withRequest({ id: "0199-req", address: null }, () =>
    log.info("case.claimed", {
      caseId: "c1",
      ms: 1.5,
      route: "/api/cases/[id]/claim",
      method: "POST",
      status: 200,
    }),
  );
  expect(last()).toMatchObject({
    event: "case.claimed",
    caseId: "c1",
    ms: 1.5,
    requestId: "0199-req",
    status: 200,
  });
});

test("drops every field that is not on the list, and values that are not of a field's form", () => {
  const { log, lines } = capture();
  const careless: Record<string, unknown> = {
    body: CANARY,
    caseId: CANARY,
    route: `/x?${CANARY}`,
    code: CANARY,
    status: CANARY,
    method: CANARY,
    extra: { deep: CANARY },
  };
  log.error("case.claimed", careless as LogFields);
  log.error(CANARY);
  expect(lines.join("")).not.toContain("canary");
  expect(lines.join("")).not.toContain("7f3a");
});

test("what is left of a database's error leaves its SQLSTATE", () => {
  const failure = DatabaseFailure.from(Object.assign(new Error(CANARY), { code: "40P01" }));
  expect(reduceError(failure)).toMatchObject({ name: "DatabaseFailure", sqlstate: "40P01" });
});

test("an error leaves its name, codes and place, never message, detail, query or parameters", () => {
  const { log, lines, last } = capture();
  const cause = Object.assign(new Error(`duplicate key ${CANARY}`), {
    name: "PostgresError",
    code: "23505",
    detail: `Key (body)=(${CANARY})`,
    parameters: [CANARY],
    query: CANARY,
  });
  log.error("case.claimed", {
    error: new Error(`Failed query: ${CANARY}\n    at evil (${CANARY}.ts:1:1)`, { cause }),
  });
  expect(last().error).toMatchObject({
    name: "Error",
    sqlstate: "23505",
    at: expect.stringMatching(/^logger\.test\.ts:\d+$/),
  });
  expect(lines.join("")).not.toContain("canary");
});

test("no thrown value and no message finds its way into a line", () => {
  const { log, lines } = capture();
  fc.assert(
    fc.property(fc.string({ minLength: 12, maxLength: 80 }), fc.boolean(), (text, asError) => {
      lines.length = 0;
      log.error("case.claimed", { error: asError ? new Error(text) : text });
      return !lines.join("").includes(JSON.stringify(text).slice(1, -1));
    }),
  );
});
