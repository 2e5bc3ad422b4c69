import { type Html, html } from "./html.ts";

/** Draws the little of CommonMark that our own descriptions use: headings, paragraphs, lists, `code`, **strong**. */
export function prose(markdown: string): Html[] {
  return markdown
    .trim()
    .split(/\n{2,}/)
    .map((block) => {
      if (block.startsWith("## ")) {
        const title = block.slice(3);
        return html`<h2 id="${anchor(title)}">${title}</h2>`;
      }
      if (block.startsWith("- ")) {
        const items = block.split("\n").map((line) => html`<li>${inline(line.slice(2))}</li>`);
        return html`<ul>${items}</ul>`;
      }
      return html`<p>${inline(block)}</p>`;
    });
}

/** One line of text with code and strong words. */
export function inline(text: string): Html[] {
  return text
    .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
    .map((piece) =>
      piece.startsWith("`")
        ? html`<code>${piece.slice(1, -1)}</code>`
        : piece.startsWith("**")
          ? html`<strong>${piece.slice(2, -2)}</strong>`
          : html`${piece}`,
    );
}

/** Headings of a description, for the list of contents. */
export function headings(markdown: string): { id: string; title: string }[] {
  return [...markdown.matchAll(/^## (.+)$/gm)].map(([, title = ""]) => ({ id: anchor(title), title }));
}

export function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}
