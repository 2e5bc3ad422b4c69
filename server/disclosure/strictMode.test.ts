import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openAuditSession } from "../../db/auditSession.ts";
import { collectedCase, viewOf } from "../legal/test/collected.ts";
import { makeWorld, type World } from "../test/world.ts";
import { makeLogKeyFile } from "../tlog/addLogKey.ts";
import { runSequencer } from "../tlog/sequencer/runSequencer.ts";
import { claimCase } from "../triage/claimCase.ts";
import { openView } from "./openView.ts";
import { readCollectionView } from "./readCollectionView.ts";
import { readView } from "./readView.ts";

let world: World;
let folder: string;
let keyFile: string;
beforeAll(async () => {
  world = await makeWorld();
  folder = await mkdtemp(join(tmpdir(), "unseal-strict-"));
  keyFile = join(folder, "log-keys.json");
  await makeLogKeyFile(world.urls.audit, keyFile, {
    origin: "unseal.example.org/audit-log",
    afterLoss: false,
  });
  const session = await openAuditSession(world.urls.audit, "test");
  await session.query("select audit.set_strict(true)");
  await session.end();
});
let stop: () => Promise<void> = async () => {};
afterEach(() => stop());
afterAll(async () => {
  await world.end();
  await rm(folder, { recursive: true });
});

function sequencer() {
  const stopping = new AbortController();
  const done = runSequencer({ url: world.urls.audit, keyFile, signal: stopping.signal });
  stop = () => {
    stopping.abort();
    return done;
  };
}

async function opened() {
  const [moderator, found] = await Promise.all([world.person(["moderator"]), world.case()]);
  await claimCase(moderator.actor, found.id);
  const view = await openView(moderator.actor, found.id, {
    purpose: "user_report_review",
    scope: "flagged_window",
    preset: true,
  });
  return { moderator, view };
}

/** Whether the leaf of a view's event is under a checkpoint. */
async function isSigned(viewId: string) {
  const [row] = await world.admin`select l.log_index < (select max(size) from audit.checkpoints) as signed
    from access.views v left join audit.leaves l on l.event_id = v.event_id where v.id = ${viewId}`;
  return row?.signed === true;
}

const sequencerState = async () => (await world.admin`select state from audit.sequencer`)[0]?.state;

const denials = (viewId: string) =>
  world.admin`select detail ->> 'code' as code from audit.events
    where action = 'view.read' and outcome = 'denied' and view_id = ${viewId}`;

describe("strict mode: no reveal before its leaf is under a signed checkpoint", () => {
  test("a reveal waits for the checkpoint, which comes at once, and nothing is refused", async () => {
    sequencer();
    // It may take longer than the wait until one is at work at all.
    await expect.poll(sequencerState).toBe("running");
    const { moderator, view } = await opened();
    const content = await readView(moderator.actor, view.viewId);
    expect(content.reveal().messages).toHaveLength(11);
    expect(await isSigned(view.viewId)).toBe(true);
    expect(await denials(view.viewId)).toEqual([]);
  });

  test("a page of a collection waits for it like any view", async () => {
    const [first, second] = [await world.person(["legal_counsel"]), await world.person(["legal_counsel"])];
    const { found, collection } = await collectedCase(world, { first, second });
    const viewId = await viewOf(first, collection.id, found.threadId);
    const [row] = await world.admin`
      select code, wait from legal.may_review(staff.resolve(${first.actor as never}::jsonb), ${viewId})`;
    expect(row).toEqual({ code: "awaiting-checkpoint", wait: true });
    sequencer();
    expect((await readCollectionView(first.actor, viewId)).reveal().messages).toHaveLength(20);
    expect(await isSigned(viewId)).toBe(true);
  });

  test("while the sequencer stands still, a reveal waits three seconds, is refused, and the refusal is on record once", async () => {
    const { moderator, view } = await opened();
    const started = performance.now();
    await expect(readView(moderator.actor, view.viewId)).rejects.toMatchObject({
      name: "Refusal",
      code: "awaiting-checkpoint",
    });
    expect(performance.now() - started).toBeGreaterThan(2500);
    expect(await denials(view.viewId)).toEqual([{ code: "awaiting-checkpoint" }]);
    // It comes back by itself: the same view opens once it is signed.
    sequencer();
    await expect.poll(() => isSigned(view.viewId)).toBe(true);
    expect((await readView(moderator.actor, view.viewId)).reveal().messages).toHaveLength(11);
  });

  test("a view whose event nobody can name opens nothing", async () => {
    sequencer();
    const { moderator, view } = await opened();
    await world.admin`update access.views set event_id = null where id = ${view.viewId}`;
    await expect(readView(moderator.actor, view.viewId)).rejects.toMatchObject({
      code: "view-not-committed",
    });
  });

  test("a leaf that stands in the log without a checkpoint over it opens nothing", async () => {
    const { moderator, view } = await opened();
    await world.admin`insert into audit.leaves (log_index, event_id, leaf)
      select 1000000, p.event_id, p.leaf from audit.pending_leaves p
        join access.views v on v.event_id = p.event_id where v.id = ${view.viewId}`;
    await expect(readView(moderator.actor, view.viewId)).rejects.toMatchObject({
      code: "awaiting-checkpoint",
    });
  });
});
