import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Block, guideBlocks, guideInline } from "./guideBlocks.ts";

test("a guide is split into what it is made of, and lists keep what is indented below them", () => {
  const blocks = guideBlocks(
    [
      "# Verify",
      "",
      "One line",
      "and its next.",
      "",
      "1. First:",
      "",
      "   ```sh",
      "   sha512sum -c x",
      "   ```",
      "2. Second",
      "",
      "| Tool | For |",
      "| ---- | --- |",
      "| unzip | the ZIP |",
    ].join("\n"),
  );
  expect(blocks).toEqual([
    { kind: "heading", level: 1, text: "Verify" },
    { kind: "paragraph", text: "One line and its next." },
    {
      kind: "list",
      ordered: true,
      items: [
        [
          { kind: "paragraph", text: "First:" },
          { kind: "code", text: "sha512sum -c x" },
        ],
        [{ kind: "paragraph", text: "Second" }],
      ],
    },
    { kind: "table", heads: ["Tool", "For"], rows: [["unzip", "the ZIP"]] },
  ]);
});

test("no address but one of https becomes a link", () => {
  expect(guideInline("See [it](https://example.org/a), `x` and **this**.")).toEqual([
    { kind: "text", text: "See " },
    { kind: "link", text: "it", href: "https://example.org/a" },
    { kind: "text", text: ", " },
    { kind: "code", text: "x" },
    { kind: "text", text: " and " },
    { kind: "strong", text: "this" },
    { kind: "text", text: "." },
  ]);
  expect(guideInline("[no](javascript:alert)")).toEqual([{ kind: "text", text: "[no](javascript:alert)" }]);
});

/** Every line that would be drawn as words. */
const linesOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => {
    if (block.kind === "list") return block.items.flatMap(linesOf);
    if (block.kind === "table") return [block.heads, ...block.rows].flat();
    return block.kind === "code" ? [] : [block.text];
  });

test("no sign of Markdown is left among the words of the guide to recipients", () => {
  const guide = readFileSync(join(import.meta.dirname, "../../docs/verify-a-packet.md"), "utf8");
  const words = linesOf(guideBlocks(guide))
    .flatMap(guideInline)
    .filter(({ kind }) => kind === "text");
  expect(words.length).toBeGreaterThan(20);
  expect(words.map(({ text }) => text).filter((text) => /^#|```|^\||\]\(|\*\*|`/.test(text))).toEqual([]);
});
