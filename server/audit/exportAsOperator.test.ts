import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeWorld, type Person, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { exportAsOperator } from "./exportAsOperator.ts";
import { exportToFile } from "./exportToFile.ts";

let world: World;
let folder: string;
let moderator: Person;
beforeAll(async () => {
  world = await makeWorld();
  folder = await mkdtemp(join(tmpdir(), "unseal-export-"));
  moderator = await world.person(["moderator"]);
  await claimCase(moderator.actor, (await world.case()).id);
});
afterAll(async () => {
  await world.end();
  await rm(folder, { recursive: true });
});

test("the operator's export holds every event before its own, without names, in a private file", async () => {
  const [before] = await world.admin`select count(*)::int as n from audit.events`;
  const made = await exportAsOperator({ format: "csv" });
  const path = join(folder, "events.csv");
  await exportToFile(made, path);
  const lines = parse<Record<string, string>>(await readFile(path, "utf8"), { columns: true });
  expect(lines).toHaveLength(before?.n);
  expect(lines.at(-1)).toMatchObject({ action: "case.claimed", actor_id: moderator.id });
  expect(Object.keys(lines[0] ?? {}).filter((name) => name.endsWith("_name"))).toEqual([]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const [event] = await world.admin`select * from audit.events where id = ${made.eventId}`;
  expect(event).toMatchObject({
    actor_kind: "operator",
    action: "audit.exported",
    detail: { format: "csv" },
  });
});

test("a time range is kept", async () => {
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const made = await exportAsOperator({ format: "ndjson", from: later });
  const path = join(folder, "later.ndjson");
  await exportToFile(made, path);
  expect(await readFile(path, "utf8")).toBe("");
});

test("a file that stands there is not replaced, and nothing half-written is left", async () => {
  const path = join(folder, "twice.csv");
  await exportToFile(await exportAsOperator({ format: "csv" }), path);
  const whole = await readFile(path, "utf8");
  await expect(exportToFile(await exportAsOperator({ format: "csv" }), path)).rejects.toMatchObject({
    code: "EEXIST",
  });
  expect(await readFile(path, "utf8")).toBe(whole);
  expect((await readdir(folder)).filter((name) => name.startsWith("."))).toEqual([]);
});

test("an export that breaks off leaves no file", async () => {
  const made = await exportAsOperator({ format: "csv" });
  async function* breaksOff() {
    yield "first\n";
    throw new Error("gone");
  }
  const path = join(folder, "broken.csv");
  await expect(exportToFile({ ...made, pieces: breaksOff() }, path)).rejects.toThrow("gone");
  expect((await readdir(folder)).filter((name) => name === "broken.csv" || name.startsWith("."))).toEqual([]);
});

test("an export that cannot be recorded does not begin", async () => {
  await world.admin`alter table audit.pending_leaves add constraint planted check (false) not valid`;
  try {
    await expect(exportAsOperator({ format: "csv" })).rejects.toMatchObject({ name: "DatabaseFailure" });
  } finally {
    await world.admin`alter table audit.pending_leaves drop constraint planted`;
  }
});
