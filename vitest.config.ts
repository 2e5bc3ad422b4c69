import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts", "**/*.test.tsx"],
    exclude: ["**/node_modules/**", ".next/**", ".data/**", ".test/**", "e2e/**"],
    globalSetup: ["scripts/test/globalSetup.ts"],
    pool: "forks",
    // Most tests wait for the database: one core less than there are would leave it idle.
    maxWorkers: "100%",
    // Long enough for a slow machine: only what fails takes so long.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is waited for comes when it comes: a second, which is what poll gives by itself, a busy machine can take.
    expect: { poll: { timeout: 30_000 } },
    env: { TZ: "UTC" },
  },
});
