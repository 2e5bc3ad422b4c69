import type { ReactNode } from "react";

type Props = { title: ReactNode; above?: ReactNode; children?: ReactNode; actions?: ReactNode };

/** The head of a page: its name, what belongs beside it, what can be done. */
export function PageHead({ title, above, children, actions }: Props) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2 px-4 pt-4 pb-3">
      <div className="min-w-0">
        {above && <div className="mb-0.5 text-muted">{above}</div>}
        <h1 className="text-lg leading-tight">{title}</h1>
        {children && <div className="mt-0.5 text-muted">{children}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
