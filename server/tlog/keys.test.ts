import { readFile, rm, stat } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAuditSession, type Session } from "../../db/auditSession.ts";
import { openCheckpoint } from "../../domain/tlog/checkpoint.ts";
import { parseVkey, type Verifier } from "../../domain/tlog/note.ts";
import { dropOldLogKeys, makeLogKeyFile, rotateLogKey } from "./addLogKey.ts";
import { logProblem, logState } from "./logState.ts";
import { readHead } from "./sequencer/readTree.ts";
import { type LogWorld, logWorld, ORIGIN, until } from "./test/logWorld.ts";

let world: LogWorld;
let session: Session;
beforeAll(async () => {
  world = await logWorld();
  session = await openAuditSession(world.urls.audit, "test");
});
afterAll(async () => {
  await session.end();
  await world.close();
});

const holds = async (...keys: Verifier[]) => {
  const note = (await readHead(session.query))?.note ?? "";
  const opened = openCheckpoint(note, keys);
  return "problem" in opened ? opened.problem : opened.by.length;
};
const key = (vkey: string) => parseVkey(vkey) as Verifier;

test("a key is changed while the log goes on: both sign, then the new one alone", async () => {
  const one = world.sequencer();
  await world.events(3);
  await world.settled();
  const { vkey } = await rotateLogKey(world.urls.audit, world.keyFile);
  expect((await stat(world.keyFile)).mode & 0o777).toBe(0o600);
  const fresh = key(vkey);
  await until(async () => (await holds(world.verifier, fresh)) === 2);
  expect(await holds(world.verifier)).toBe(1);
  expect(await holds(fresh)).toBe(1);

  expect(await dropOldLogKeys(world.urls.audit, world.keyFile)).toEqual([world.vkey]);
  await until(async () => (await holds(world.verifier)) === "no-known-signature");
  expect(await holds(fresh)).toBe(1);
  expect((await world.state()).state).toBe("running");
  await one.stop();

  const { keys } = await logState(session.query);
  expect(keys.map((record) => [record.vkey, record.endedAt !== null])).toEqual([
    [world.vkey, true],
    [vkey, false],
  ]);
  const acts = await world.admin`select action, detail ->> 'vkey' as vkey from audit.events
    where action like 'log.key%' order by id`;
  expect(acts.map((act) => [act.action, act.vkey])).toEqual([
    ["log.key_added", world.vkey],
    ["log.key_added", vkey],
    ["log.key_ended", world.vkey],
  ]);
});

test("the old key is not dropped before a checkpoint carries the new one's signature", async () => {
  await rotateLogKey(world.urls.audit, world.keyFile);
  await expect(dropOldLogKeys(world.urls.audit, world.keyFile)).rejects.toThrow(/does not carry/);
  const one = world.sequencer();
  await world.settled();
  await dropOldLogKeys(world.urls.audit, world.keyFile);
  await world.settled();
  await one.stop();
  await expect(dropOldLogKeys(world.urls.audit, world.keyFile)).rejects.toThrow(/one key only/);
});

test("a log takes no second first key, no file over another, no other name", async () => {
  const make = (path: string, origin: string, afterLoss: boolean) =>
    makeLogKeyFile(world.urls.audit, path, { origin, afterLoss });
  await expect(make(world.keyFile, ORIGIN, true)).rejects.toThrow(/exists/);
  await expect(make(`${world.keyFile}.2`, ORIGIN, false)).rejects.toThrow(/has a key already/);
  await expect(make(`${world.keyFile}.2`, "other.example.org", true)).rejects.toThrow(/keeps its name/);
  await expect(make(`${world.keyFile}.2`, "a b", true)).rejects.toThrow(/without blanks/);
});

test("after a key was lost the log goes on with another, which the record says", async () => {
  await rm(world.keyFile);
  await world.events(2);
  const stuck = world.sequencer();
  await until(async () => (await world.state()).problem === "key-unreadable");
  const { vkey } = await makeLogKeyFile(world.urls.audit, world.keyFile, { origin: ORIGIN, afterLoss: true });
  await world.settled();
  await stuck.stop();
  expect(await holds(key(vkey))).toBe(1);
  const { keys } = await logState(session.query);
  expect(keys.find((record) => record.vkey === vkey)?.afterLoss).toBe(true);
  // It may begin again under the new key alone.
  const again = world.sequencer();
  await world.events(2);
  await world.settled();
  await again.stop();
  expect(await readFile(world.keyFile, "utf8")).not.toContain("BEGIN");
});

test("the log's trouble has a name once leaves wait for half a minute", async () => {
  const state = await logState(session.query);
  expect(logProblem(state)).toBeUndefined();
  const ago = (ms: number) => new Date(Date.parse(state.now) - ms).toISOString();
  const late = (sequencer: object) =>
    logProblem({ ...state, waitingSince: ago(40_000), sequencer: { ...state.sequencer, ...sequencer } });
  expect(late({ state: "never", problem: null })).toBe("log-never-sequenced");
  expect(late({ state: "stopped", problem: "key-wrong" })).toBe("log-key-wrong");
  expect(late({ state: "running", problem: null, seenAt: ago(1000) })).toBe("log-behind");
  expect(late({ state: "running", problem: null, seenAt: ago(60_000) })).toBe("log-not-sequenced");
  expect(
    logProblem({ ...state, waitingSince: ago(1000), sequencer: { ...state.sequencer, state: "never" } }),
  ).toBeUndefined();
});
