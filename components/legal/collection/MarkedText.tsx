"use client";

import clsx from "clsx";
import { useMemo, useState } from "react";
import type { TextMark } from "../../../contracts/legal/collections.ts";
import { Drawn } from "../../view/HostileText.tsx";
import { counted } from "../../words.ts";
import { piecesOf, type Span } from "./marking.ts";

const FIRST = 1_500;
const MORE = 20_000;

/** A mark as it lies over the text: a redaction, or what is being marked for one. */
type Drawing = Span & Partial<Pick<TextMark, "kind" | "reason" | "decisionId">> & { marking?: true };

type Props = {
  text: string;
  marks: readonly TextMark[];
  /** What is being marked for a redaction. */
  marking: Span | null;
};

/**
 * A message as its review shows it: inert like any hostile text, with what the packet will leave out struck through and
 * followed by what will stand there. Each piece says where it stands, so that a selection can be told in the text's units.
 */
export function MarkedText({ text, marks, marking }: Props) {
  const [units, setUnits] = useState(FIRST);
  const { pieces, folded } = useMemo(() => {
    const all: Drawing[] = [...marks, ...(marking ? [{ ...marking, marking: true as const }] : [])];
    return piecesOf(text, all, units);
  }, [text, marks, marking, units]);
  return (
    <>
      <bdi
        dir="auto"
        translate="no"
        spellCheck={false}
        className="hostile block max-w-[75ch] text-base"
        data-hostile
      >
        {pieces.map(({ segment, from, to, marks: over }) => {
          const redaction = over.find(({ kind }) => kind === "rule" || kind === "hand");
          const party = over.some(({ kind }) => kind === "third_party");
          const ends = redaction && to >= Math.min(redaction.to, text.length);
          return (
            <span key={from}>
              <span
                data-from={from}
                data-to={to}
                data-whole={segment.kind === "text" || segment.kind === "word" ? undefined : ""}
                data-redacted={redaction ? "" : undefined}
                className={clsx(
                  redaction && "bg-seal text-seal-ink line-through decoration-2",
                  party && "rounded-sm border border-seal-line bg-seal px-0.5 text-seal-ink",
                  over.some((one) => one.marking) && "bg-warn-soft outline-2 outline-warn",
                )}
              >
                <Drawn segment={segment} inline={false} />
              </span>
              {ends && redaction.reason !== undefined && (
                <span className="mx-1 rounded-sm border border-seal-line bg-surface px-1 text-[0.857rem] text-seal-ink select-none">
                  [REDACTED: {redaction.reason}]
                </span>
              )}
            </span>
          );
        })}
      </bdi>
      {folded > 0 && (
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
