"use client";

import { useQuery } from "@tanstack/react-query";
import { CalendarClock, Scale, ShieldQuestion } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { Agency } from "../../../contracts/legal/agencies.ts";
import { breadthOf } from "../../../domain/legal/breadth.ts";
import { dueOf } from "../../../domain/legal/clocks.ts";
import { judgeAddress } from "../../../domain/legal/lookalikeDomains.ts";
import { allowedOf, exceptionPossible, mostOf } from "../../../domain/legal/matrix.ts";
import { noticesOf } from "../../../domain/legal/notices.ts";
import { TYPE_RULES } from "../../../domain/legal/requestTypes.ts";
import { serverNow } from "../../api/serverClock.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { fetchRequests, legalKeys } from "../api.ts";
import { type FactsDraft, instantOf } from "../facts/draft.ts";
import { DueWords, Moment } from "../Moment.tsx";
import { dueRuleWords, needsOf } from "../ruleWords.ts";
import {
  CATEGORY_WORDS,
  categoryNames,
  FINDING_WORDS,
  NEED_WORDS,
  STATE_WORDS,
  TYPE_NAMES,
} from "../words.ts";

type Props = {
  draft: FactsDraft;
  agencies: readonly Agency[];
  accounts: number;
  /** The reference as it was when the field was left; searched for in the register. */
  reference: string;
};

/** From where on a scope is called broad before it is counted; once it is, the installation's settings say. */
const BROAD = { accounts: 5, days: 366, messages: Number.POSITIVE_INFINITY };

const dateOf = (instant: string | null): Date | null => (instant === null ? null : new Date(instant));

/** What the law makes of the letter as it is typed: until when, what it gives, what must be checked, what is odd. */
export function RulePanel({ draft, agencies, accounts, reference }: Props) {
  const country = draft.jurisdiction.trim().toUpperCase();
  const received = dateOf(instantOf(draft, "receivedAt"));
  const most = mostOf(draft.type, country, draft.issuer);
  const allowed = allowedOf(draft.categories, most);
  const beyond = draft.categories.filter((one) => !allowed.includes(one));
  const due =
    received &&
    dueOf({
      type: draft.type,
      jurisdiction: country,
      emergency: draft.emergency,
      receivedAt: received,
      returnAt: dateOf(instantOf(draft, "returnAt")),
      localZone: draft.localZone,
    });
  const needs = needsOf({
    type: draft.type,
    emergency: draft.emergency,
    categories: draft.categories,
    most,
  });
  const rules = TYPE_RULES[draft.type];
  return (
    <aside aria-label="What the law makes of it" className="grid content-start gap-3 lg:sticky lg:top-14">
      <section className="panel grid gap-2 px-4 py-3" aria-live="polite">
        <div>
          <h2 className="text-base">{rules.title}</h2>
          <p className="text-muted">{rules.law}</p>
        </div>
        <Rule Icon={CalendarClock} title="Answer due">
          {due ? (
            <>
              <DueWords at={due.at.toISOString()} />
              <span className="block">
                <Moment at={due.at.toISOString()} zone={draft.localZone} />
              </span>
              <span className="block text-muted">{dueRuleWords(due.rule)}</span>
            </>
          ) : (
            "Say when it was received."
          )}
        </Rule>
        <Rule Icon={Scale} title="Gives at most">
          {most === null ? (
            <strong>Nothing by itself</strong>
          ) : (
            <>
              <strong>{CATEGORY_WORDS[most].name}</strong>{" "}
              <span className="text-muted">{CATEGORY_WORDS[most].holds}</span>
            </>
          )}
          <ul className="mt-1 grid gap-1">
            {draft.categories.map((one) => (
              <li key={one} className="flex flex-wrap items-center gap-2">
                {CATEGORY_WORDS[one].name}
                <Badge tone={allowed.includes(one) ? "ok" : "danger"}>
                  {allowed.includes(one)
                    ? "May be given"
                    : exceptionPossible(draft.type, one)
                      ? "Needs a second counsel’s exception"
                      : "Cannot be given"}
                </Badge>
              </li>
            ))}
          </ul>
          {beyond.length > 0 && allowed.length > 0 && (
            <p className="text-muted">Of what is asked it gives: {categoryNames(allowed)}.</p>
          )}
        </Rule>
        <Rule Icon={ShieldQuestion} title="Before anything is given">
          {needs.length === 0 ? (
            "Nothing is given: it needs no verification before it is frozen."
          ) : (
            <ul className="list-disc pl-5">
              {needs.map((need) => (
                <li key={need}>{NEED_WORDS[need]}</li>
              ))}
            </ul>
          )}
        </Rule>
      </section>
      <Sender draft={draft} agencies={agencies} />
      <SameReference reference={reference} />
      <Odd draft={draft} due={due?.at ?? null} beyond={beyond} accounts={accounts} />
    </aside>
  );
}

function Rule({ Icon, title, children }: { Icon: typeof Scale; title: string; children: ReactNode }) {
  return (
    <div className="border-t border-line pt-2">
      <h3 className="heading flex items-center gap-1.5">
        <Icon aria-hidden className="size-3.5" />
        {title}
      </h3>
      <div>{children}</div>
    </div>
  );
}

function Sender({ draft, agencies }: Pick<Props, "draft" | "agencies">) {
  const chosen = agencies.find(({ id }) => id === draft.agencyId);
  const directory = agencies.filter(({ retiredAt }) => retiredAt === null).flatMap(({ domains }) => domains);
  const address = draft.officerEmail.trim();
  if (address === "") return null;
  const { domain, findings, resembles } = judgeAddress(address, chosen?.domains ?? null, directory);
  const alarming = findings.filter((one) => FINDING_WORDS[one].tone === "danger");
  const fits = findings.every((one) => FINDING_WORDS[one].tone === "ok");
  return (
    <Notice
      tone={alarming.length > 0 ? "danger" : fits ? "ok" : "warn"}
      title={
        resembles
          ? "The sender’s domain is a look-alike"
          : fits
            ? "The sender’s domain fits the directory"
            : "The sender’s domain does not show who they are"
      }
    >
      {domain && (
        <p className="font-mono">
          <HostileText inline text={domain} />
          {resembles && (
            <>
              {" "}
              <span className="font-sans">resembles</span> <HostileText inline text={resembles} />
            </>
          )}
        </p>
      )}
      <ul className="list-disc pl-5">
        {findings.map((one) => (
          <li key={one}>{FINDING_WORDS[one].says}</li>
        ))}
      </ul>
      {fits && <p>A genuine mailbox can be somebody else’s by now: it is never enough in an emergency.</p>}
    </Notice>
  );
}

/** Requests of the register that bear the same reference: a duplicate, or a repeat that was altered. */
function SameReference({ reference }: { reference: string }) {
  const asked = reference.trim();
  const filter = { q: asked };
  const { data } = useQuery({
    queryKey: legalKeys.list(filter),
    queryFn: ({ signal }) => fetchRequests(filter, null, { signal }),
    enabled: asked.length >= 3,
    staleTime: 30_000,
  });
  const same = (data?.requests ?? []).filter(
    (one) => one.reference.trim().toLowerCase() === asked.toLowerCase(),
  );
  if (asked.length < 3 || same.length === 0) return null;
  return (
    <Notice tone="warn" title="The register has this reference already">
      <ul className="grid gap-1">
        {same.slice(0, 5).map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-2">
            <Link href={`/lawful-requests/${one.id}`} prefetch={false} target="_blank">
              {one.shownNumber}
            </Link>
            <span>{TYPE_NAMES[one.type]}</span>
            <Badge tone={STATE_WORDS[one.state].tone}>{STATE_WORDS[one.state].name}</Badge>
          </li>
        ))}
      </ul>
      <p>
        If it asks the same, answer one of them; if anything was altered, ask the authority which one holds.
        It is compared word for word when you register it.
      </p>
    </Notice>
  );
}

type OddProps = {
  draft: FactsDraft;
  due: Date | null;
  beyond: FactsDraft["categories"];
  accounts: number;
};

/** What stands out before anybody has looked into anything. */
function Odd({ draft, due, beyond, accounts }: OddProps) {
  const received = dateOf(instantOf(draft, "receivedAt"));
  const [from, to] = [dateOf(instantOf(draft, "rangeFrom")), dateOf(instantOf(draft, "rangeTo"))];
  const now = new Date(serverNow());
  const found =
    received && due
      ? noticesOf(
          {
            type: draft.type,
            jurisdiction: draft.jurisdiction.trim().toUpperCase(),
            issuer: draft.issuer,
            receivedAt: received,
            expiresAt: dateOf(instantOf(draft, "expiresAt")),
            dueAt: due,
            open: true,
            gagUntil: dateOf(instantOf(draft, "gagUntil")),
            beyond,
            unknownAccounts: 0,
            repeats: [],
          },
          now,
        )
      : [];
  // What it would touch is counted once it is registered; how wide it reaches shows by itself.
  const broad = breadthOf(
    { accounts: Math.max(1, accounts), messages: 0, rangeFrom: from, rangeTo: to },
    BROAD,
  );
  const reach: Record<string, string> = {
    no_dates:
      "It names no dates: all that we keep would be touched. How much, the scope counts without showing it.",
    open_ended: "Its dates are open at one end. Ask for both.",
  };
  return (
    <>
      {found.map(({ notice, words }) => (
        <Notice
          key={notice}
          tone={notice === "issuer_may_not" || notice === "order_expired" ? "danger" : "warn"}
          title={words}
        />
      ))}
      {broad.map(({ warning, words }) => (
        <Notice key={warning} tone="warn" title="It may be overbroad">
          {reach[warning] ?? words}
        </Notice>
      ))}
    </>
  );
}
