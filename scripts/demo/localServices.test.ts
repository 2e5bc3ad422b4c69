import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkService } from "../../server/cybertip/filing/checkService.ts";
import { configureCyberTip, setLive, showSettings } from "../../server/cybertip/operator.ts";
import { makeWorld, type World } from "../../server/test/world.ts";
import { startLocalServices } from "./localServices.ts";

let world: World;
let dataDir: string;
beforeAll(async () => {
  world = await makeWorld();
  dataDir = await mkdtemp(join(tmpdir(), "unseal-local-"));
});
afterAll(async () => {
  await world.end();
  await rm(dataDir, { recursive: true });
});
const start = () =>
  startLocalServices({ dataDir, adminUrl: world.adminUrl, keyFile: world.keyFile, tell: () => {} });

test("a new demo files with the local service; what somebody set stays as it is", async () => {
  const first = await start();
  const settings = await showSettings(world.admin);
  expect(settings).toMatchObject({ environment: "local", live: true, hasPassword: true });
  expect(await checkService()).toMatchObject({ known: true, schema: { outcome: "same" } });
  await first.stop();
  expect(await checkService()).toMatchObject({ known: false });

  await setLive(world.admin, false);
  const second = await start();
  expect(await checkService()).toMatchObject({ known: true });
  // In the same place, with another password, and still switched off.
  expect(await showSettings(world.admin)).toMatchObject({ base: settings.base, live: false });
  await second.stop();

  await configureCyberTip(world.admin, { environment: "test", username: "esp", password: "theirs" });
  const third = await start();
  expect(await showSettings(world.admin)).toMatchObject({ environment: "test", username: "esp" });
  await third.stop();
});
