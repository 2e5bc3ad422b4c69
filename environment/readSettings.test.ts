import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FIELDS, type FieldKey } from "./fields.ts";
import { SettingsError } from "./problem.ts";
import { readSettings } from "./readSettings.ts";

let folder: string;
let keyFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "settings "));
  keyFile = join(folder, "keys.json");
  await writeFile(keyFile, "{}", { mode: 0o600 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const good = () => ({
  DATABASE_URL: "postgres://unseal_web:pw@127.0.0.1:5432/unseal",
  INTAKE_DATABASE_URL: "postgres://unseal_intake:pw@db.example.org/unseal?sslmode=verify-full",
  WORKER_DATABASE_URL: "postgresql://unseal_worker:pw@localhost/unseal",
  AUDIT_DATABASE_URL: "postgres://unseal_audit:pw@[::1]/unseal",
  ADMIN_DATABASE_URL: "postgres://boss:pw@localhost/unseal",
  NEXTAUTH_URL: "https://unseal.example.org",
  NEXTAUTH_SECRET: randomBytes(48).toString("base64"),
  UNSEAL_KEY_FILE: keyFile,
  LOG_SIGNING_KEY_FILE: keyFile,
});

function problemsOf(keys: readonly FieldKey[], environment: Record<string, string | undefined>) {
  try {
    readSettings(keys, environment);
    return [];
  } catch (cause) {
    if (!(cause instanceof SettingsError)) throw cause;
    return cause.problems;
  }
}

const all = Object.keys(FIELDS) as FieldKey[];

test("good settings are read, typed, with what stands in for the optional ones", () => {
  const settings = readSettings(all, good());
  expect(settings).toMatchObject({
    port: 3000,
    host: "127.0.0.1",
    trustProxy: false,
    serve: ["web", "intake", "worker"],
  });
  expect(Object.isFrozen(settings)).toBe(true);
});

test("everything that is missing is named at once, with what, why and how", () => {
  const problems = problemsOf(all, {});
  expect(problems.map(({ name }) => name).sort()).toEqual(Object.keys(good()).sort());
  for (const { what, why, how } of problems)
    expect(Math.min(what.length, why.length, how.length)).toBeGreaterThan(5);
});

test("an empty value counts as missing", () => {
  expect(problemsOf(["databaseUrl"], { DATABASE_URL: "  " })[0]?.what).toBe("is missing");
});

describe("a weak or malformed setting is refused, and its value is not echoed", () => {
  const weak: [FieldKey, string, RegExp][] = [
    ["databaseUrl", "mysql://a:hush-hush@localhost/x", /not a postgres/],
    ["databaseUrl", "postgres://localhost/hush-hush", /names no user/],
    ["databaseUrl", "postgres://a:hush-hush@localhost", /names no database/],
    ["databaseUrl", "postgres://a:hush-hush@db.example.org/x", /does not say sslmode/],
    ["databaseUrl", "hush-hush", /not a postgres/],
    ["nextauthUrl", "http://hush-hush.example.org", /plain http/],
    ["nextauthUrl", "https://unseal.example.org/hush-hush", /more than scheme/],
    ["nextauthUrl", "javascript:hush-hush", /not an http/],
    ["nextauthSecret", "hush-hush", /shorter than 32 bytes/],
    ["nextauthSecret", "hush-hush-changeme-hush-hush-changeme", /published example/],
    ["nextauthSecret", "your-secret-hush-hush-here-1234567890", /published example/],
    ["nextauthSecret", "hush-hush".repeat(6), /repeats a few characters/],
    ["keyFile", "/nowhere/hush-hush", /does not exist/],
    ["logWitnesses", "w.example.org+0123abcd+AAAA http://hush-hush.example.org", /not https/],
    ["logWitnesses", "hush-hush https://w.example.org", /vkey address/],
    ["logTsaUrl", "http://hush-hush.example.org", /not an https/],
    ["port", "0", /whole number/],
    ["port", "hush-hush", /whole number/],
    ["port", "65536", /whole number/],
    ["logLevel", "hush-hush", /not one of/],
    ["serve", "web,hush-hush", /not a list of/],
    ["trustProxy", "hush-hush", /neither on nor off/],
    ["sessionIdleMinutes", "0", /whole number/],
  ];
  test.each(weak)("%s = %s", (key, value, what) => {
    const problems = problemsOf([key], { [FIELDS[key].name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toMatch(what);
    expect(JSON.stringify(problems)).not.toContain("hush-hush");
  });

  test("a key file that others may open, and a folder in its place", async () => {
    const open = join(folder, "open.json");
    await writeFile(open, "{}");
    await chmod(open, 0o640);
    expect(problemsOf(["keyFile"], { UNSEAL_KEY_FILE: open })[0]?.what).toMatch(/others on this machine/);
    expect(problemsOf(["keyFile"], { UNSEAL_KEY_FILE: folder })[0]?.what).toMatch(/regular file/);
  });
});

test("what is not asked for is not read", () => {
  const settings = readSettings(["port"], good());
  expect(Object.keys(settings)).toEqual(["port"]);
});
