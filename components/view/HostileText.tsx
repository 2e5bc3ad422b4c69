"use client";

import clsx from "clsx";
import { Fragment, useMemo, useState } from "react";
import { foldHostileText, type Segment, segmentHostileText } from "../../domain/hostileText.ts";
import { counted } from "../words.ts";

type Props = {
  text: string;
  /** One line that is cut where the room ends: names and handles. */
  inline?: boolean;
  className?: string;
};

/** How much of a text is drawn at first, and how much more at each further press. */
const FIRST = 1_500;
const MORE = 20_000;

/**
 * Text that someone else wrote, drawn inert: no link, no markup, no direction that leaks out of its box. Characters
 * that draw nothing or turn lines around are shown as labelled tokens; words in borrowed letters are underlined.
 */
export function HostileText({ text, inline = false, className }: Props) {
  const [units, setUnits] = useState(inline ? 200 : FIRST);
  const { head, folded } = useMemo(() => foldHostileText(text, units), [text, units]);
  const segments = useMemo(() => segmentHostileText(head), [head]);
  return (
    <>
      <bdi
        dir="auto"
        translate="no"
        spellCheck={false}
        className={clsx(inline ? "hostile-inline" : "hostile block", className)}
        data-hostile
      >
        {segments.map((segment, index) => (
          // The text of a view never changes, so a segment's place names it.
          <Drawn key={keyOf(segment, index)} segment={segment} inline={inline} />
        ))}
        {inline && folded > 0 && "…"}
      </bdi>
      {!inline && folded > 0 && (
        <button
          type="button"
          onClick={() => setUnits((shown) => shown + MORE)}
          className="mt-1 rounded border border-edge bg-surface px-2 py-0.5 text-[0.93rem] hover:bg-sunken"
        >
          Show more of this message ({counted(folded, "character")} folded)
        </button>
      )}
    </>
  );
}

function keyOf(segment: Segment, index: number): string {
  return `${index}-${segment.kind}`;
}

/** One segment of a hostile text. */
export function Drawn({ segment, inline }: { segment: Segment; inline: boolean }) {
  switch (segment.kind) {
    case "text":
      return <Fragment>{segment.text}</Fragment>;
    case "break":
      return inline ? <Token label="↵" title="line break" /> : <br />;
    case "invisible":
      return (
        <Token
          label={`${segment.label}${segment.count > 1 ? ` ×${segment.count.toLocaleString("en-GB")}` : ""}${
            segment.hidden === null ? "" : ` hides “${segment.hidden}”`
          }`}
          title={segment.name}
        />
      );
    case "marks":
      return (
        <Token
          label={`+${counted(segment.count, "combining mark")}`}
          title="Stacked on one letter, or on none; not drawn"
        />
      );
    case "word":
      return (
        <>
          <span className="word-hint" title={hintWords(segment)}>
            {segment.text}
          </span>
          {segment.readsLike !== null && (
            <Token label={`reads “${segment.readsLike}”`} title={hintWords(segment)} />
          )}
        </>
      );
  }
}

function Token({ label, title }: { label: string; title: string }) {
  return (
    <span className="token" title={title} data-token>
      {label}
    </span>
  );
}

function hintWords({ hint, scripts }: Extract<Segment, { kind: "word" }>): string {
  if (hint === "mixed") return `Mixes letters of ${scripts.join(" and ")}`;
  if (hint === "lookalike") return `Written in ${scripts.join(" and ")} letters that look Latin`;
  return "Written in decorative letters";
}
