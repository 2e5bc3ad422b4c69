import { glob, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../db/test/database.ts";

const root = join(import.meta.dirname, "../..");

async function sources(): Promise<{ path: string; text: string }[]> {
  const found: { path: string; text: string }[] = [];
  for await (const path of glob(
    "{app,components,contracts,domain,server,db,worker,cli,environment}/**/*.{ts,tsx}",
    { cwd: root },
  )) {
    if (!/\.test\.tsx?$|(^|\/)test\//.test(path))
      found.push({ path, text: await readFile(join(root, path), "utf8") });
  }
  expect(found.length).toBeGreaterThan(80);
  return found;
}

/** The rows of the n-th table of the README, cell by cell. */
async function table(n: number): Promise<string[][]> {
  const text = await readFile(join(import.meta.dirname, "README.md"), "utf8");
  const tables = text.split("\n\n").filter((block) => block.startsWith("|"));
  return (tables[n] ?? "")
    .split("\n")
    .slice(2)
    .map((row) =>
      row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const named = (cell: string | undefined) => [...(cell ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1]);

let database: TestDatabase;
let admin: Sql;
beforeAll(async () => {
  database = await testDatabase();
  admin = postgres(database.adminUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

test("content is revealed in the listed files and nowhere else", async () => {
  const listed = (await table(0)).flatMap((row) => named(row[3])).filter((name) => name?.startsWith("write"));
  const files = await sources();
  const reveals = files.filter(({ text }) => /\.reveal\(/.test(text)).map(({ path }) => path);
  expect(reveals).toEqual(["server/disclosure/writeContent.ts"]);
  const writers = files.flatMap(({ path }) => /^server\/disclosure\/(write\w+\.ts)$/.exec(path)?.[1] ?? []);
  expect([...new Set(listed)].sort()).toEqual(writers.sort());
});

test("every route that answers content is a row of the list", async () => {
  const answers = (await sources())
    .filter(
      ({ path, text }) =>
        path.startsWith("app/") && /disclosure\/write\w+\.ts|readView|content-client/.test(text),
    )
    .map(({ path }) => path);
  const listed = (await table(0)).flatMap((row) => named(row[3])).filter((name) => name?.startsWith("app/"));
  expect(answers.sort()).toEqual(listed.sort());
});

test("a report is put together for the worker that files it and for an export, and for nothing else", async () => {
  const importers = async (name: string) =>
    (await sources())
      .filter(
        ({ path, text }) => !path.startsWith("server/disclosure/") && text.includes(`disclosure/${name}"`),
      )
      .map(({ path }) => path);
  expect(await importers("openFiling.ts")).toEqual(["worker/filings.ts"]);
  expect(await importers("readFiling.ts")).toEqual(["app/api/cybertips/[id]/export/route.ts"]);
  const listed = (await table(0)).flatMap((row) => named(row[3]));
  expect(listed).toEqual(expect.arrayContaining(["worker/filings.ts", "openFiling.ts", "readFiling.ts"]));
});

test("nothing outside this folder imports the content client or a key provider", async () => {
  const strays = (await sources())
    .filter(({ path }) => !path.startsWith("server/disclosure/"))
    .filter(({ path, text }) =>
      [...text.matchAll(/from "(\.[^"]+)"|import\("(\.[^"]+)"\)/g)].some(([, a, b]) => {
        const target = relative(root, join(root, path, "..", (a ?? b) as string));
        return target === "db/content-client.ts" || target.startsWith("server/disclosure/keys/");
      }),
    )
    .map(({ path }) => path);
  expect(strays).toEqual([]);
});

test("the functions that touch ciphertext or keys are the listed ones, each for its one role", async () => {
  const functions = await admin<{ name: string; source: string; roles: string[] }[]>`
    select n.nspname || '.' || p.proname as name, p.prosrc as source, array(
        select r.rolname::text from pg_roles r where r.rolname in ('unseal_web', 'unseal_intake', 'unseal_worker', 'unseal_audit')
           and has_function_privilege(r.oid, p.oid, 'EXECUTE')) as roles
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('staff', 'intake', 'triage', 'sealed', 'access', 'audit', 'cybertip', 'legal', 'unseal')`;
  const touching = new Set(
    functions.filter((f) => /\b\w+_ct\b|\bwrapped\b/.test(f.source)).map((f) => f.name),
  );
  // And whatever calls one of them, through any number of helpers.
  for (let before = -1; before !== touching.size; ) {
    before = touching.size;
    for (const f of functions) {
      if ([...touching].some((name) => f.source.includes(`${name}(`))) touching.add(f.name);
    }
  }
  const rows = functions
    .filter((f) => touching.has(f.name))
    .flatMap(({ name, roles }) => roles.map((role) => ({ name, role })))
    .sort((x, y) => (x.name < y.name ? -1 : 1));
  const listed = (await table(1)).map((row) => ({ name: named(row[0])[0], role: row[1] }));
  expect(rows).toEqual(listed.sort((a, b) => ((a.name ?? "") < (b.name ?? "") ? -1 : 1)));
});
