import fc from "fast-check";
import { expect, test } from "vitest";
import { Html, html } from "./html.ts";
import { inline } from "./prose.ts";

test("nothing that is put in becomes markup", () => {
  expect(html`<p title="${'"><script>'}">${"<b>&'"}</p>`.text).toBe(
    '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;&#39;</p>',
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
      const made = html`${text}`.text + html`${inline(text)}`.text.replaceAll(/<\/?(?:code|strong)>/g, "");
      return !/[<>"']/.test(made);
    }),
  );
});

test("what is HTML already goes in as it is, lists one after the other, and nothing where there is nothing", () => {
  expect(html`${[html`<i>${1}</i>`, new Html("<br>"), undefined, null, false, ["a", "<"]]}`.text).toBe(
    "<i>1</i><br>a&lt;",
  );
});
