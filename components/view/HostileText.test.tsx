import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { HostileText } from "./HostileText.tsx";

const drawn = (text: string, inline = false): string =>
  renderToStaticMarkup(<HostileText text={text} inline={inline} />);

describe("HostileText", () => {
  it("draws markup and addresses as the text they are", () => {
    const html = drawn('<img src=x onerror=alert(1)><a href="https://example.org">https://example.org</a>');
    expect(html).not.toMatch(/<(img|a|script)\b/);
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
  });

  it("lets no bidi control, NUL or lone surrogate into the page, and names each", () => {
    const html = drawn("a\u202Eb\u0000c\uD83Dd\u2066e");
    expect(html).not.toMatch(/[\u202A-\u202E\u2066-\u2069]|\p{Cs}/u);
    expect(html.includes("\u0000")).toBe(false);
    for (const label of ["RLO", "NUL", "U+D83D", "LRI"]) expect(html).toContain(`>${label}<`);
  });

  it("is isolated, chooses its own direction and is not for translators or spell checkers", () => {
    expect(drawn("hello")).toMatch(/^<bdi dir="auto" translate="no" spellCheck="false"/i);
  });

  it("folds a long text and says how much is folded", () => {
    const html = drawn("word ".repeat(1000));
    expect(html).toContain("Show more of this message (3,500 characters folded)");
    expect(html.length).toBeLessThan(2500);
  });

  it("keeps a name on one line, line breaks shown as tokens", () => {
    expect(drawn("first\nsecond", true)).toContain(">↵<");
    expect(drawn("first\nsecond", true)).not.toContain("<br");
  });
});
