import clsx from "clsx";
import { CircleCheck, Info, OctagonX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const LOOK = {
  info: { className: "border-line bg-surface", Icon: Info, icon: "text-accent" },
  ok: { className: "border-ok bg-ok-soft", Icon: CircleCheck, icon: "text-ok" },
  warn: { className: "border-warn bg-warn-soft", Icon: TriangleAlert, icon: "text-warn" },
  danger: { className: "border-danger bg-danger-soft", Icon: OctagonX, icon: "text-danger" },
};

type Props = {
  tone?: keyof typeof LOOK;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** Read out at once (`alert`) or when there is time (`status`). */
  announce?: "alert" | "status";
};

/** Something a person should know, in the place it concerns, with what to do about it. */
export function Notice({ tone = "info", title, children, actions, announce }: Props) {
  const { className, Icon, icon } = LOOK[tone];
  return (
    <div role={announce} className={clsx("flex gap-2.5 rounded-md border px-3 py-2.5", className)}>
      <Icon aria-hidden className={clsx("mt-0.5 size-4 shrink-0", icon)} />
      <div className="min-w-0 grow">
        <p className="font-semibold">{title}</p>
        {children && <div className="mt-0.5 text-ink">{children}</div>}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
