import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { placeholderFile } from "./placeholderFile.ts";
import { syntheticFlags } from "./syntheticFlags.ts";

test("a made-up file is always the same, and what the seed says of it is true", () => {
  let files = 0;
  for (const flag of syntheticFlags({ seed: 3, threads: 60, now: Date.UTC(2026, 0, 1) }))
    for (const { attachments = [] } of flag.thread.messages)
      for (const one of attachments) {
        const file = placeholderFile(new URL(one.location).pathname);
        expect(file?.length).toBe(one.sizeBytes);
        expect(
          createHash("sha256")
            .update(file ?? "")
            .digest("hex"),
        ).toBe(one.sha256);
        expect(
          createHash("md5")
            .update(file ?? "")
            .digest("hex"),
        ).toBe(one.md5);
        if (one.mediaType === "image/png") expect(file?.subarray(1, 4).toString()).toBe("PNG");
        files++;
      }
  expect(files).toBeGreaterThan(20);
  expect(placeholderFile("/placeholder/m-1/1.exe")).toBeNull();
  expect(placeholderFile("/placeholder/m-1/1.png")).not.toEqual(placeholderFile("/placeholder/m-1/2.png"));
});
