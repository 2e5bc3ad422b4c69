import type { ReactNode } from "react";

type Props = { title: string; children: ReactNode };

/** A titled part of a column. It folds, so that a long column can be made short, and be reached by keyboard. */
export function FoldingSection({ title, children }: Props) {
  return (
    <details open className="border-b border-line last:border-b-0">
      <summary className="px-4 pt-3 pb-1.5 text-muted focus-visible:-outline-offset-2">
        <h2 className="heading inline">{title}</h2>
      </summary>
      <div className="px-4 pb-3">{children}</div>
    </details>
  );
}
