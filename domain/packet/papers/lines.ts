const WIDTH = 76;

/** A text as it may stand in a paper of ours: one line, without what could pass for another or turn its order. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/ +/g, " ")
    .trim();
}

/** A paragraph in lines of 76 characters, each begun with `indent`. */
export function paragraph(text: string, indent = "", first = indent): string {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of oneLine(text).split(" ")) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return `${[...lines, line].join("\n")}\n`;
}

/** Names and values below each other; what has no value is left out. */
export function facts(pairs: readonly (readonly [name: string, value: string | null])[]): string {
  return pairs
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => paragraph(value ?? "", " ".repeat(24), `${name}:`.padEnd(24)))
    .join("");
}

/** A heading, underlined. */
export function heading(text: string): string {
  return `\n${text}\n${"-".repeat(text.length)}\n`;
}

/** A moment to the second, in UTC. */
export function moment(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;
}
