import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, expect, type Page } from "@playwright/test";
import type { Member } from "../support/staff.ts";
import { target } from "../target.ts";
import { Recorder } from "./recorder.ts";
import { WATCH } from "./watch.ts";

/** Somebody at a browser of their own, with everything that the browser sends, receives, shows and keeps on record. */
export interface Person {
  readonly member: Member;
  readonly page: Page;
  readonly recorder: Recorder;
  /** Searches what the page shows and the browser holds now. */
  look(where: string): Promise<{ viewId: string | null; text: string }>;
  /** Ends the browser. @returns the folder of its profile, which the caller searches and removes */
  leave(): Promise<string>;
}

/** Opens a browser with a profile on disk and back/forward cache, and signs in by the form. */
export async function sitDown(member: Member): Promise<Person> {
  const { baseUrl, browser } = target();
  const profile = await mkdtemp(join(tmpdir(), "unseal-profile-"));
  const recorder = new Recorder(member.id);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browser.path,
    chromiumSandbox: false,
    ...(browser.libraries && { env: { LD_LIBRARY_PATH: browser.libraries } }),
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
    proxy: { server: await recorder.listen() },
    baseURL: baseUrl,
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
  });
  context.setDefaultTimeout(15_000);
  await context.addInitScript({ content: WATCH });
  context.on("console", (message) => recorder.search("console", message.text(), null, false));
  context.on("weberror", (error) => recorder.search("page error", String(error.error()), null, false));
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(member.email);
  await page.getByLabel("Password").fill(member.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  return {
    member,
    page,
    recorder,
    look: (where) => look(page, context, recorder, where),
    async leave() {
      await context.close();
      await recorder.close();
      return profile;
    },
  };
}

/** Removes a profile once it was searched. */
export const forget = (profile: string): Promise<void> => rm(profile, { recursive: true, force: true });

async function look(page: Page, context: BrowserContext, recorder: Recorder, where: string) {
  const shown = await page.evaluate(async () => {
    const stores: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      stores.push(name ?? "");
      const open = await new Promise<IDBDatabase | null>((done) => {
        const asked = indexedDB.open(name ?? "");
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => done(null);
      });
      for (const store of open ? [...open.objectStoreNames] : []) {
        const all = open?.transaction(store).objectStore(store).getAll();
        const kept = new Promise<string>((done) => {
          all?.addEventListener("success", () => done(JSON.stringify(all.result)));
          all?.addEventListener("error", () => done(""));
        });
        stores.push(await kept);
      }
      open?.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const asked of await cache.keys())
        stores.push(asked.url, (await (await cache.match(asked))?.text()) ?? "");
    }
    const fields = [...document.querySelectorAll("input, textarea, select")] as HTMLInputElement[];
    return {
      viewId: document.querySelector("[data-watermark]")?.getAttribute("data-watermark") ?? null,
      html: document.documentElement.outerHTML,
      text: document.body.textContent ?? "",
      fields: fields.map((field) => field.value).join("\n"),
      title: document.title,
      address: `${location.href} ${window.name} ${document.referrer}`,
      history: JSON.stringify(history.state),
      storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, stores]),
      timings: performance
        .getEntries()
        .map((entry) => entry.name)
        .join("\n"),
    };
  });
  const { viewId, html, text, ...elsewhere } = shown;
  recorder.search(`page, ${where}`, `${html}\n${text}`, viewId, viewId !== null);
  for (const [place, content] of Object.entries(elsewhere))
    recorder.search(`${place} of the page, ${where}`, content, null, false);
  recorder.search(`cookies, ${where}`, JSON.stringify(await context.cookies()), null, false);
  return { viewId, text };
}
