/** A part of a guide, as it is drawn. */
export type Block =
  | { kind: "heading"; level: 1 | 2 | 3; text: string }
  | { kind: "paragraph"; text: string }
  | { kind: "code"; text: string }
  | { kind: "list"; ordered: boolean; items: readonly (readonly Block[])[] }
  | { kind: "table"; heads: readonly string[]; rows: readonly (readonly string[])[] };

/** A piece of a line: plain words, or words that stand out. */
export type Inline =
  | { kind: "text" | "code" | "strong"; text: string }
  | { kind: "link"; text: string; href: string };

const FENCE = /^```/;
const HEADING = /^(#{1,3}) +(.+)$/;
const ITEM = /^(?:[-*]|(\d+)[.)]) +(.*)$/;

/**
 * The blocks of a guide of ours, written in the small part of Markdown (CommonMark 0.31) that our guides use: headings,
 * paragraphs, fenced code, lists with whatever is indented below an item, and tables. Anything else stays the words it is.
 */
export function guideBlocks(markdown: string): Block[] {
  return blocksOf(markdown.replaceAll("\r\n", "\n").split("\n"));
}

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const heading = HEADING.exec(line);
    if (line.trim() === "") at += 1;
    else if (heading) {
      const level = (heading[1]?.length ?? 1) as 1 | 2 | 3;
      blocks.push({ kind: "heading", level, text: heading[2] ?? "" });
      at += 1;
    } else if (FENCE.test(line)) {
      const end = endOf(lines, at + 1, (one) => FENCE.test(one));
      blocks.push({ kind: "code", text: lines.slice(at + 1, end).join("\n") });
      at = end + 1;
    } else if (line.startsWith("|")) {
      const end = endOf(lines, at, (one) => !one.startsWith("|"));
      const [heads = [], , ...rows] = lines.slice(at, end).map(cellsOf);
      blocks.push({ kind: "table", heads, rows });
      at = end;
    } else if (ITEM.test(line)) {
      const list = listAt(lines, at);
      blocks.push(list.block);
      at = list.end;
    } else {
      const end = endOf(lines, at + 1, (one) => one.trim() === "" || startsOther(one));
      blocks.push({ kind: "paragraph", text: lines.slice(at, end).join(" ") });
      at = end;
    }
  }
  return blocks;
}

const startsOther = (line: string): boolean => FENCE.test(line) || HEADING.test(line) || ITEM.test(line);

function endOf(lines: readonly string[], from: number, ends: (line: string) => boolean): number {
  const found = lines.findIndex((line, at) => at >= from && ends(line));
  return found < 0 ? lines.length : found;
}

/** A list with all that is indented below its items. */
function listAt(lines: readonly string[], from: number): { block: Block; end: number } {
  const items: Block[][] = [];
  const ordered = ITEM.exec(lines[from] ?? "")?.[1] !== undefined;
  let at = from;
  while (at < lines.length) {
    const item = ITEM.exec(lines[at] ?? "");
    if (!item || (item[1] !== undefined) !== ordered) break;
    const end = endOf(lines, at + 1, (line) => line !== "" && !line.startsWith("  "));
    const below = lines.slice(at + 1, end);
    const indent = Math.min(...below.filter((line) => line !== "").map((line) => line.search(/\S/)), 9);
    items.push(blocksOf([item[2] ?? "", ...below.map((line) => line.slice(indent))]));
    at = end;
  }
  return { block: { kind: "list", ordered, items }, end: at };
}

const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\((https:\/\/[^)\s]+)\)/g;

/** The pieces of a line. Only addresses of https are links. */
export function guideInline(text: string): Inline[] {
  const pieces: Inline[] = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > from) pieces.push({ kind: "text", text: text.slice(from, found.index) });
    const [whole, code, strong, label, href] = found;
    if (code !== undefined) pieces.push({ kind: "code", text: code });
    else if (strong !== undefined) pieces.push({ kind: "strong", text: strong });
    else pieces.push({ kind: "link", text: label ?? "", href: href ?? "" });
    from = found.index + whole.length;
  }
  if (from < text.length) pieces.push({ kind: "text", text: text.slice(from) });
  return pieces;
}
