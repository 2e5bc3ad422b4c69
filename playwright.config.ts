import { defineConfig } from "@playwright/test";
import { target } from "./e2e/target.ts";

const { baseUrl, browser, folders } = target();

export default defineConfig({
  testDir: "e2e",
  // One server and one database for all of a lane (scripts/test/lanes.ts): tests that race each other would prove nothing.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  projects: [
    { name: "console", testMatch: folders.map((folder) => `**/e2e/${folder}/**/*.test.ts`) },
    // What must hold for all that the others left behind.
    { name: "after everything", testMatch: "**/after-everything/**", dependencies: ["console"] },
  ],
  use: {
    baseURL: baseUrl,
    browserName: "chromium",
    // A click that waits for ever says less than one that fails.
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    // A trace or video would keep what was on the screen; a test that needs one asks for it.
    trace: "off",
    video: "off",
    screenshot: "off",
    launchOptions: {
      executablePath: browser.path,
      // Its sandbox works neither as root nor in most containers. What it visits is our own server.
      chromiumSandbox: false,
      ...(browser.libraries && { env: { LD_LIBRARY_PATH: browser.libraries } }),
    },
  },
});
