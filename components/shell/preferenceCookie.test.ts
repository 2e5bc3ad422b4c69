import { describe, expect, it } from "vitest";
import { DEFAULT_PREFERENCES, preferenceCookie, readPreferences } from "./preferenceCookie.ts";

describe("preferences cookie", () => {
  it("comes back as it was written", () => {
    for (const theme of ["system", "light", "dark"] as const)
      for (const autoNext of [true, false])
        for (const singleKeys of [true, false])
          expect(readPreferences(preferenceCookie({ theme, autoNext, singleKeys }).value)).toEqual({
            theme,
            autoNext,
            singleKeys,
          });
  });

  it("falls back to the defaults for a missing or mangled value", () => {
    for (const value of [undefined, "", "theme=neon", "%%%", "theme=<script>&next=maybe"])
      expect(readPreferences(value)).toEqual(DEFAULT_PREFERENCES);
  });
});
