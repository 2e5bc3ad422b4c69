import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type Props = {
  Icon: LucideIcon;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** The place is the whole page. */
  page?: boolean;
};

/** A place with nothing in it: says why, and what can be done from here. */
export function BlankState({ Icon, title, children, actions, page = false }: Props) {
  const Title = page ? "h1" : "h2";
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-4 py-16 text-center">
      <Icon aria-hidden className="size-8 text-muted" strokeWidth={1.5} />
      <Title className="text-base">{title}</Title>
      {children && <div className="text-muted">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
