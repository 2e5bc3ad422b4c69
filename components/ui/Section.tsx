import { type ReactNode, useId } from "react";

type Props = { title: string; aside?: ReactNode; children: ReactNode };

/** A titled part of a column. */
export function Section({ title, aside, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-b border-line px-4 py-3 last:border-b-0">
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <h2 id={id} className="heading">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
