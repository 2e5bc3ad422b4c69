import { expect, test } from "vitest";
import { docsPage } from "../../app/api/docs/_page/page.ts";
import { DOOR_PROBLEMS, INTAKE_PROBLEMS, LEGAL_DOOR_PROBLEMS } from "../../domain/intake/problems.ts";
import { parseFlag } from "../../server/intake/parseFlag.ts";
import { resultLine, summaryLine } from "../intake.ts";
import { erasureAsk, erasureReceipt } from "../legal/erasures.ts";
import { noticeDelivered, noticeFeed } from "../legal/notices.ts";
import { problem } from "../problem.ts";
import { apiDocument } from "./document.ts";
import { exampleAnswer, exampleFlag } from "./examples.ts";
import {
  exampleErasure,
  exampleErasureReceipt,
  exampleNoticeDelivered,
  exampleNoticeFeed,
} from "./legalExamples.ts";

const document = apiDocument();
type Node = { readonly [key: string]: unknown };

/** Every object of the document, with its path. */
function* nodes(value: unknown, path = "#"): Generator<[string, Node]> {
  if (typeof value !== "object" || value === null) return;
  yield [path, value as Node];
  for (const [key, inner] of Object.entries(value)) yield* nodes(inner, `${path}/${key}`);
}

test("is OpenAPI 3.1, and every reference in it leads somewhere", () => {
  expect(document.openapi).toMatch(/^3\.1\.\d+$/);
  const refs = [...nodes(document)].flatMap(([, node]) => (typeof node.$ref === "string" ? [node.$ref] : []));
  expect(refs.length).toBeGreaterThan(10);
  for (const ref of refs) {
    const found = ref
      .slice(2)
      .split("/")
      .reduce((at: unknown, step) => (at as Node | undefined)?.[step], document);
    expect(found, ref).toBeTypeOf("object");
  }
});

test("no object of the contract lets an unknown field pass, in the document as in the schemas", () => {
  for (const name of ["Flag", "Thread", "Participant", "Message", "Attachment"]) {
    const objects = [...nodes(document.components?.schemas?.[name])].filter(
      ([, node]) => "properties" in node,
    );
    expect(objects.length, name).toBeGreaterThan(0);
    for (const [path, node] of objects) expect(node.additionalProperties, `${name} ${path}`).toBe(false);
  }
});

test("its examples are what intake takes and answers", () => {
  expect(
    parseFlag(Buffer.from(JSON.stringify(exampleFlag)), Date.parse("2026-03-02T00:00:00Z")),
  ).toHaveProperty("flag");
  for (const line of exampleAnswer) expect(resultLine.or(summaryLine).safeParse(line).success).toBe(true);
});

test("names every refusal once, under its own status, as a problem with what to do", () => {
  const responses = document.paths?.["/api/intake/v1/flags"]?.post?.responses ?? {};
  const told = Object.entries(responses).flatMap(([status, response]) => {
    const content = (
      response as { content?: Record<string, { examples?: Record<string, { value: unknown }> }> }
    ).content;
    return Object.entries(content?.["application/problem+json"]?.examples ?? {}).map(([code, { value }]) => {
      expect(problem.parse(value)).toMatchObject({ code, status: Number(status) });
      return code;
    });
  });
  expect(told.sort()).toEqual(Object.keys(INTAKE_PROBLEMS).sort());
});

test("names for erasures and notices only what can be refused there, and every code of theirs once", () => {
  const told = Object.entries(document.paths ?? {})
    .filter(([path]) => /erasures|notices/.test(path))
    .flatMap(([, item]) => Object.entries((item?.get ?? item?.post)?.responses ?? {}))
    .flatMap(([status, response]) => {
      const content = (
        response as { content?: Record<string, { examples?: Record<string, { value: unknown }> }> }
      ).content;
      return Object.entries(content?.["application/problem+json"]?.examples ?? {}).map(
        ([code, { value }]) => {
          expect(problem.parse(value)).toMatchObject({ code, status: Number(status) });
          return code;
        },
      );
    });
  expect(
    Object.keys(LEGAL_DOOR_PROBLEMS)
      .filter((code) => told.includes(code))
      .sort(),
  ).toEqual(Object.keys(LEGAL_DOOR_PROBLEMS).sort());
  expect(told.filter((code) => !Object.hasOwn(DOOR_PROBLEMS, code))).toEqual([]);
  erasureAsk.parse(exampleErasure);
  erasureReceipt.parse(exampleErasureReceipt);
  noticeFeed.parse(exampleNoticeFeed);
  noticeDelivered.parse(exampleNoticeDelivered);
});

test("says how to authenticate, and only what needs no key is without it", () => {
  expect(document.security).toEqual([{ platformKey: [] }]);
  expect(document.components?.securitySchemes?.platformKey).toMatchObject({ type: "http", scheme: "bearer" });
  const open = Object.entries(document.paths ?? {}).filter(
    ([, item]) => (item?.get ?? item?.post)?.security?.length === 0,
  );
  expect(open.map(([path]) => path).sort()).toEqual(["/api/health/live", "/api/health/ready"]);
});

test("the page for people has all of it, loads nothing and runs nothing", () => {
  const page = docsPage(undefined);
  for (const code of Object.keys(INTAKE_PROBLEMS)) expect(page).toContain(`<code>${code}</code>`);
  for (const name of Object.keys(document.components?.schemas ?? {}))
    expect(page).toContain(`id="schema-${name.toLowerCase()}"`);
  expect(page).not.toMatch(/<script|<link|<img|<iframe|\son[a-z]+=|style="/i);
  expect(page).not.toMatch(/\[object |undefined|>null</);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
});
