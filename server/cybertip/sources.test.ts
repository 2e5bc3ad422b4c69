import { afterAll, beforeAll, expect, test } from "vitest";
import { openSecret } from "../disclosure/secrets.ts";
import { makeWorld, type World } from "../test/world.ts";
import { listSources, removeSource, setSource } from "./sources.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.end());

const SLUG = "example-platform";
const only = async () => (await listSources(world.admin))[0];

test("a platform's attachments are fetched from nowhere until somebody says from where", async () => {
  expect(await only()).toMatchObject({ platform: SLUG, origins: [], inside: false, hasToken: false });
});

test("origins and token are set one by one, and the token rests as ciphertext that its key opens", async () => {
  await setSource(world.admin, SLUG, { origins: ["https://cdn.example.org"], token: "Bearer one" });
  await setSource(world.admin, SLUG, { token: "Bearer two", header: "x-token" });
  expect(await only()).toMatchObject({
    origins: ["https://cdn.example.org"],
    header: "x-token",
    hasToken: true,
  });
  const rows = await world.admin`
    select s.secret_id, s.token_ct, k.* from cybertip.attachment_sources s join sealed.thread_keys k on k.thread_id = s.secret_id`;
  expect(rows).toHaveLength(1);
  const { secret_id: id, token_ct: box, key_id: keyId, kek_id: kekId, wrapped } = rows[0] ?? {};
  expect(await openSecret(id, { keyId, kekId, wrapped, box })).toBe("Bearer two");
  expect(box.includes("two")).toBe(false);
  await setSource(world.admin, SLUG, { token: null });
  expect(await only()).toMatchObject({ hasToken: false });
  expect((await world.events("cybertip.source_changed"))[0]).toMatchObject({ actor_kind: "operator" });
  expect(JSON.stringify(await world.events("cybertip.source_changed"))).not.toContain("Bearer");
});

test("what is no origin, goes without TLS, or belongs to no platform is refused in words", async () => {
  const set = (origin: string, more = {}) => setSource(world.admin, SLUG, { origins: [origin], ...more });
  for (const origin of [
    "cdn.example.org",
    "https://cdn.example.org/media",
    "https://u:p@cdn.example.org",
    "ftp://cdn.example.org",
  ])
    await expect(set(origin), origin).rejects.toThrow(/origin|https/);
  await expect(set("http://cdn.example.org")).rejects.toThrow("only https");
  await set("http://127.0.0.1:4011", { inside: true });
  await expect(setSource(world.admin, SLUG, { inside: false })).rejects.toThrow("only https");
  await expect(setSource(world.admin, "nobody", { origins: ["https://cdn.example.org"] })).rejects.toThrow(
    "no platform nobody",
  );
  await expect(setSource(world.admin, SLUG, { token: "two\r\nlines" })).rejects.toThrow("printable");
});

test("a source that is removed takes its token with it", async () => {
  await setSource(world.admin, SLUG, { origins: ["https://cdn.example.org"], token: "Bearer three" });
  await removeSource(world.admin, SLUG);
  expect(await only()).toMatchObject({ origins: [], hasToken: false });
  expect(await world.admin`select * from sealed.thread_keys`).toHaveLength(0);
  await expect(removeSource(world.admin, SLUG)).rejects.toThrow("Nothing is fetched");
});
