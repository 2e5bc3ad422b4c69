import { rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { admin } from "../support/admin.ts";
import { hire } from "../support/staff.ts";
import { target } from "../target.ts";
import { type Searched, searchFile, searchFiles, searchTables } from "./atRest.ts";
import { findCanaries } from "./forms.ts";
import { forget, sitDown } from "./person.ts";
import { plantedCanary } from "./planted.ts";
import { Recorder } from "./recorder.ts";

/** The search of `canary.test.ts` finds nothing. Here leaks are planted, and it finds each. */
const planted = plantedCanary();

test("a leak into a table is found, as text, as bytes and encoded", async () => {
  // Unlogged, so that nothing of it stays in the write-ahead log. A column may be called like anything.
  await admin()`create unlogged table public.planted (whole text, b bytea, t jsonb)`;
  const inPlanted = ({ found }: Searched) => found.filter(({ where }) => where.startsWith("public.planted"));
  try {
    for (const [column, value] of [
      ["whole", planted],
      ["t", JSON.stringify({ deep: { er: planted } })],
      ["b", Buffer.from(planted)],
      ["b", Buffer.from(planted, "utf16le")],
      ["b", Buffer.from(`xx${Buffer.from(planted).toString("base64")}`)],
      ["whole", Buffer.from(`é${planted}`).toString("base64")],
      ["whole", Buffer.from(`éé${planted}`).toString("base64url")],
      ["whole", Buffer.from(planted).toString("hex")],
      ["whole", [...planted].map((letter) => `&#${letter.charCodeAt(0)};`).join("")],
      ["whole", planted.toUpperCase()],
    ] as const) {
      await admin()`truncate public.planted`;
      await admin().unsafe(`insert into public.planted (${column}) values ($1)`, [value]);
      expect(inPlanted(await searchTables()).length, `${column} ${value}`).toBeGreaterThan(0);
    }
    await admin()`truncate public.planted`;
    expect(inPlanted(await searchTables())).toEqual([]);
  } finally {
    await admin()`drop table public.planted`;
  }
});

test("a leak into a log is found, also across the pieces that a large file is read in", async () => {
  const file = join(target().dataDir, "planted.log");
  try {
    for (const before of [0, 8 * 1024 * 1024 - 10]) {
      await writeFile(file, `${"x".repeat(before)}${planted}${"y".repeat(1000)}`);
      const found: Searched["found"] = [];
      await searchFile(file, found);
      expect(found.map(({ canary: one }) => one)).toContain(planted);
    }
  } finally {
    await rm(file, { force: true });
  }
});

test("a leak into an announcement is found", async () => {
  const heard: string[] = [];
  const listener = postgres(target().adminUrl, { max: 1, onnotice: () => {} });
  try {
    await listener.listen("unseal_live", (payload) => heard.push(payload));
    const payload = JSON.stringify({ type: "queue_changed", queueId: planted });
    await admin()`select pg_notify('unseal_live', ${payload})`;
    await expect.poll(() => heard.flatMap((one) => findCanaries(Buffer.from(one))).length).toBe(1);
  } finally {
    await listener.end();
  }
});

test("a leak in an answer is found, and told from the answer to a reading", async () => {
  const server = createServer((_, answer) => answer.setHeader("x-note", planted).end(planted));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const recorder = new Recorder("01980000-0000-7000-8000-000000000000");
  const proxy = new URL(await recorder.listen());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = (method: string, path: string) =>
    new Promise((done, failed) => {
      const { hostname, port } = proxy;
      const asked = request({ hostname, port, method, path: origin + path, agent: false }, (answer) =>
        answer.resume().once("close", done),
      );
      asked.once("error", failed).end();
    });
  const viewId = "01980000-0000-7000-8000-000000000001";
  for (const [method, path] of [
    ["GET", "/api/queues"],
    ["GET", `/api/views/${viewId}/read`],
    ["POST", `/api/views/${viewId}/close`],
    ["POST", `/api/views/${viewId}/read`],
  ] as const)
    await ask(method, path);
  await recorder.close();
  server.close();
  const seen = recorder.sightings.map(({ where, viewId: under, allowedPlace }) => [
    where,
    under,
    allowedPlace,
  ]);
  expect(seen).toEqual([
    ["answer headers GET /api/queues", null, false],
    ["answer GET /api/queues", null, false],
    [`answer headers GET /api/views/${viewId}/read`, null, false],
    [`answer GET /api/views/${viewId}/read`, null, false],
    [`answer headers POST /api/views/${viewId}/close`, null, false],
    [`answer POST /api/views/${viewId}/close`, null, false],
    [`answer headers POST /api/views/${viewId}/read`, null, false],
    [`answer POST /api/views/${viewId}/read`, viewId, true],
  ]);
});

test("a leak anywhere in a browser is found, each in its place", async () => {
  const { page, look, recorder, leave } = await sitDown(await hire(["administrator"]));
  const finds = async (place: RegExp, leak: () => Promise<unknown>) => {
    const known = recorder.sightings.length;
    await leak();
    await look("planted");
    const fresh = recorder.sightings.slice(known).filter(({ where }) => place.test(where));
    expect(fresh.length, String(place)).toBeGreaterThan(0);
    expect(fresh.filter(({ allowedPlace }) => allowedPlace)).toEqual([]);
  };
  await page.goto("/audit");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await finds(/^storage/, () => page.evaluate((text) => localStorage.setItem("x", text), planted));
  await page.evaluate(() => localStorage.clear());
  await finds(/^storage/, () => page.evaluate((text) => sessionStorage.setItem("x", text), planted));
  await page.evaluate(() => sessionStorage.clear());
  await finds(/^storage/, () => page.evaluate(keepInDatabase, planted));
  await page.evaluate(() => void indexedDB.deleteDatabase("x"));
  await finds(/^storage/, () =>
    page.evaluate(async (text) => (await caches.open("x")).put("/x", new Response(text)), planted),
  );
  await page.evaluate(() => caches.delete("x"));
  await finds(/^cookies/, () => page.evaluate((text) => cookieStore.set("x", text), planted));
  await page.evaluate(() => cookieStore.delete("x"));
  await finds(/^console/, () => page.evaluate(`console.info("${planted}")`));
  await finds(/^address GET/, () => page.evaluate((text) => fetch(`/api/me?x=${text}`), planted));
  await finds(/^request body PUT/, () =>
    page.evaluate((text) => fetch("/api/me", { method: "PUT", body: btoa(text) }), planted),
  );
  await finds(/^request headers/, () =>
    page.evaluate((text) => fetch("/api/me", { headers: { "x-note": text } }), planted),
  );
  await finds(/^request body POST \/stray-canary/, () => page.evaluate(flash, planted));
  await finds(/^title of the page/, () => page.evaluate(entitle, planted));
  await page.evaluate(entitle, "Audit log");
  await finds(/^history of the page/, () =>
    page.evaluate((text) => history.replaceState({ text }, ""), planted),
  );
  await page.evaluate(() => history.replaceState(null, ""));

  const profile = await leave();
  const kept = await searchFiles(profile);
  await forget(profile);
  expect(kept.found.length).toBeGreaterThan(0);
});

function entitle(text: string): void {
  document.title = text;
}

/** Something that is drawn and gone again before anybody could look. */
function flash(text: string): void {
  const mark = document.createElement("i");
  mark.textContent = text;
  document.body.append(mark);
  queueMicrotask(() => queueMicrotask(() => mark.remove()));
}

function keepInDatabase(text: string): Promise<void> {
  return new Promise((done) => {
    const asked = indexedDB.open("x");
    asked.addEventListener("upgradeneeded", () =>
      asked.result.createObjectStore("y", { autoIncrement: true }),
    );
    asked.addEventListener("success", () => {
      const put = asked.result.transaction("y", "readwrite").objectStore("y").add({ text });
      put.addEventListener("success", () => {
        asked.result.close();
        done();
      });
    });
  });
}
