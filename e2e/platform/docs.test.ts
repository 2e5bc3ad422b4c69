import { expect, test } from "@playwright/test";
import { INTAKE_PROBLEMS } from "../../domain/intake/problems.ts";
import { exampleFlag } from "../support/flags.ts";
import { call, jsonOf } from "../support/http.ts";
import { deliverWith, makePlatform } from "../support/platform.ts";
import { makeQueue, route } from "../support/queues.ts";

interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  readonly components: { securitySchemes: object; schemas: Record<string, { examples?: unknown[] }> };
}

test("the document for machines is OpenAPI 3.1 and names every status that the door answers with", async () => {
  const document = jsonOf<OpenApi>(await call("GET", "/api/openapi.json"));
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(Object.keys(document.paths)).toContain("/api/intake/v1/flags");
  const responses = document.paths["/api/intake/v1/flags"]?.post?.responses ?? {};
  const statuses = new Set(Object.values(INTAKE_PROBLEMS).map(({ status }) => String(status)));
  for (const status of [...statuses, "200", "201"]) expect(Object.keys(responses), status).toContain(status);
  expect(Object.keys(document.components.securitySchemes).length).toBeGreaterThan(0);
});

test("the document for people can be read without scripts, in light and dark, and asks for nothing from elsewhere", async ({
  browser,
}) => {
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({ colorScheme, javaScriptEnabled: false });
    const page = await context.newPage();
    const troubles: string[] = [];
    const asked = new Set<string>();
    page.on("console", (message) => troubles.push(message.text()));
    page.on("request", (request) => asked.add(new URL(request.url()).pathname));
    const answer = await page.goto("/api/docs");
    expect(answer?.headers()["content-security-policy"]).toContain("default-src 'none'");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText("/api/intake/v1/flags").first()).toBeVisible();
    for (const { title } of Object.values(INTAKE_PROBLEMS).slice(0, 5))
      await expect(page.getByText(title).first(), title).toBeAttached();
    const [ink, paper] = await page
      .locator("body")
      .evaluate((body) => [
        getComputedStyle(body).color,
        getComputedStyle(document.documentElement).backgroundColor,
      ]);
    expect(brightness(ink ?? "") > brightness(paper ?? "")).toBe(colorScheme === "dark");
    expect(troubles).toEqual([]);
    expect([...asked].filter((path) => !["/api/docs", "/icon.svg", "/favicon.ico"].includes(path))).toEqual(
      [],
    );
    await context.close();
  }
});

const brightness = (rgb: string): number =>
  (rgb.match(/\d+/g) ?? []).reduce((sum, part) => sum + Number(part), 0);

test("a stream answers each line for itself, and one bad line spoils no other", async () => {
  await route("harassment", "eu", await makeQueue("Stream"));
  const { key } = await makePlatform();
  const [one, two] = [exampleFlag(), exampleFlag()];
  const lines = [
    JSON.stringify(one),
    "{",
    JSON.stringify({ ...two, severity: "huge" }),
    JSON.stringify(two),
    JSON.stringify(one),
  ];
  const answer = await call("POST", "/api/intake/v1/flags", {
    headers: { authorization: `Bearer ${key}`, "content-type": "application/x-ndjson" },
    body: lines.join("\n"),
  });
  const told = answer.text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(told.map(({ line, status, problem }) => [line, status, problem?.code])).toEqual([
    [1, 201, undefined],
    [2, 400, "not-json"],
    [3, 422, "bad-flag"],
    [4, 201, undefined],
    [5, 201, undefined],
    [undefined, undefined, undefined],
  ]);
  expect(told[4].receipt).toEqual(told[0].receipt);
  expect(told[5].summary).toMatchObject({ lines: 5, accepted: 3, refused: 2, complete: true });
});

test("of the same flag sent eight times at once, one is taken in and all are answered alike", async () => {
  await route("harassment", "eu", await makeQueue("At once"));
  const { key } = await makePlatform();
  const flag = exampleFlag();
  const answers = await Promise.all(Array.from({ length: 8 }, () => deliverWith(key, flag)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
});
