"use client";

import { Siren } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { GrantDto } from "../../contracts/access.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { SideScroll } from "../ui/SideScroll.tsx";
import { Instant } from "../ui/Time.tsx";
import { clockWords } from "../ui/timeWords.ts";
import { useNow } from "../ui/useNow.ts";
import { HostileText } from "../view/HostileText.tsx";
import { counted, PURPOSE_WORDS, SCOPE_WORDS } from "../words.ts";
import { REQUIREMENT_WORDS } from "./words.ts";

type Props = {
  grants: readonly GrantDto[];
  /** Where cases lead for the one who reads. */
  caseHref: (caseId: string) => string;
  withPerson: boolean;
  onRevoke: (grant: GrantDto) => void;
};

/** Grants that run: whose, for what, how much is left, and the end of them. */
export function GrantTable({ grants, caseHref, withPerson, onRevoke }: Props) {
  const now = useNow("second");
  return (
    <SideScroll label="Running grants">
      <table className="w-full min-w-4xl border-collapse text-left">
        <thead>
          <tr className="heading border-b border-line bg-sunken">
            {withPerson && <Head>Who</Head>}
            <Head>Case</Head>
            <Head>For what</Head>
            <Head>Why</Head>
            <Head>Views</Head>
            <Head>Ends</Head>
            <Head>
              <span className="sr-only">Act</span>
            </Head>
          </tr>
        </thead>
        <tbody>
          {grants.map((grant) => (
            <tr key={grant.id} className="border-b border-line bg-surface align-top">
              {withPerson && <Cell>{grant.by.name}</Cell>}
              <Cell>
                <Link href={caseHref(grant.caseId)} prefetch={false}>
                  Case {grant.caseNumber}
                </Link>
              </Cell>
              <Cell>
                {PURPOSE_WORDS[grant.purpose]}
                <span className="block text-[0.857rem] text-muted">
                  {SCOPE_WORDS[grant.scope].name} · {REQUIREMENT_WORDS[grant.requirement].toLowerCase()}
                </span>
                {grant.breakGlassId !== null && (
                  <Badge tone="danger">
                    <Siren aria-hidden className="size-3.5" />
                    Break-glass
                  </Badge>
                )}
                {!withPerson && !grant.thisSession && <Badge>Another session</Badge>}
              </Cell>
              <Cell wraps>
                <HostileText text={grant.reason} />
              </Cell>
              <Cell>
                {grant.viewsUsed} of {grant.viewLimit}
                {grant.openViews > 0 && (
                  <span className="block">
                    <Badge tone="seal">{counted(grant.openViews, "view")} open now</Badge>
                  </span>
                )}
              </Cell>
              <Cell>
                {now > 0 && `in ${clockWords(Date.parse(grant.expiresAt) - now)}`}
                <span className="block text-[0.857rem] text-muted">
                  <Instant at={grant.expiresAt} />
                </span>
              </Cell>
              <Cell>
                <Button small look="danger" onClick={() => onRevoke(grant)}>
                  Revoke
                  <span className="sr-only">
                    : {withPerson ? `${grant.by.name}, ` : ""}case {grant.caseNumber}
                  </span>
                </Button>
              </Cell>
            </tr>
          ))}
        </tbody>
      </table>
    </SideScroll>
  );
}

function Head({ children }: { children: ReactNode }) {
  return (
    <th scope="col" className="px-4 py-1.5 font-semibold">
      {children}
    </th>
  );
}

function Cell({ children, wraps = false }: { children: ReactNode; wraps?: boolean }) {
  return <td className={wraps ? "min-w-64 px-4 py-1.5" : "px-4 py-1.5 whitespace-nowrap"}>{children}</td>;
}
