import { type LucideIcon, MailOpen } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { BlankState } from "./BlankState.tsx";
import { buttonClass } from "./Button.tsx";

type Props = { Icon: LucideIcon; title: string; children: ReactNode; actions?: ReactNode };

/** A whole page that says one thing: not found, not allowed, broken. */
export function FullPageState({ Icon, title, children, actions }: Props) {
  return (
    <div className="flex grow flex-col justify-center">
      <BlankState
        page
        Icon={Icon}
        title={title}
        actions={
          <>
            {actions}
            <Link href="/" prefetch={false} className={buttonClass("secondary")}>
              <MailOpen aria-hidden className="size-4" />
              Start page
            </Link>
          </>
        }
      >
        {children}
      </BlankState>
    </div>
  );
}
