import { expect, test } from "@playwright/test";
import { CANARY_MARK } from "../support/canary.ts";
import { call } from "../support/http.ts";
import { makeScene } from "./scene.ts";

test("health says one word to anybody and nothing of anything", async () => {
  const { cookie } = await (await makeScene()).bearer(["administrator"]);
  for (const [path, word] of [
    ["/api/health/live", "live"],
    ["/api/health/ready", "ready"],
  ]) {
    for (const asked of [{}, { cookie }]) {
      const answer = await call("GET", path as string, asked);
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.text)).toEqual({ status: word });
    }
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      expect((await call(method, path as string, { body: {} })).status).toBe(405);
  }
});

test("what platforms may send is told to anybody, and to everybody the same", async () => {
  const scene = await makeScene();
  await scene.arrive();
  const { cookie } = await scene.bearer(["administrator"]);
  for (const path of ["/api/openapi.json", "/api/docs"]) {
    const [nobody, somebody] = [await call("GET", path), await call("GET", path, { cookie })];
    expect(nobody.status, path).toBe(200);
    expect(somebody.text, path).toBe(nobody.text);
    expect(nobody.text.toLowerCase(), path).not.toContain(CANARY_MARK);
    expect(nobody.text, path).not.toMatch(/staff\.example\.org|e2e-[0-9a-f]{8}/);
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      expect((await call(method, path, { body: {} })).status, `${method} ${path}`).toBe(405);
  }
});

test("no answer says what the server runs on", async () => {
  for (const path of ["/", "/sign-in", "/api/me", "/api/health/live", "/nowhere"]) {
    const { headers } = await call("GET", path);
    expect(
      Object.keys(headers).filter((name) => ["server", "x-powered-by", "via"].includes(name)),
      path,
    ).toEqual([]);
  }
});

test("nothing of the project's files is served", async () => {
  const paths = [
    "/.env",
    "/.env.unseal",
    "/package.json",
    "/next.config.js",
    "/tsconfig.json",
    "/.git/HEAD",
    "/.next/BUILD_ID",
    "/_next/server/app/page.js",
    "/db/migrations/0001_house_staff_and_sessions.sql",
    "/demo-keys.json",
    "/unseal-keys.json",
    "/server.log",
  ];
  for (const path of paths) {
    const answer = await call("GET", path);
    expect(answer.status, path).toBe(404);
  }
});

test("no source map is served, which would tell the sources", async () => {
  const page = await call("GET", "/sign-in");
  const scripts = [...new Set(page.text.match(/\/_next\/static\/chunks\/[\w.-]+\.js/g))];
  expect(scripts.length).toBeGreaterThan(2);
  for (const script of scripts) {
    expect((await call("GET", `${script}.map`)).status, script).toBe(404);
    expect((await call("GET", script)).text, script).not.toContain("sourceMappingURL");
  }
});
