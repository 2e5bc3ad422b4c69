"use client";

import { CircleCheck, CircleDashed, Globe, Phone, ShieldAlert, UserRoundCheck } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { RequestDetail } from "../../../contracts/legal/requests.ts";
import type { Check, CheckRequest, Verification } from "../../../contracts/legal/verification.ts";
import { DENIALS, isDenialCode } from "../../../domain/denials.ts";
import { CHECK_KINDS, type CheckKind } from "../../../domain/legal/vocabulary.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Fact, Facts } from "../../ui/Facts.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Section.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { Waiting } from "../../ui/Waiting.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { useVerification } from "../queries.ts";
import { CHECK_KIND_WORDS, CHECK_OUTCOME_WORDS, FINDING_WORDS, NEED_WORDS, RISK_WORDS } from "../words.ts";
import { CheckDialog } from "./CheckDialog.tsx";

type Props = { request: RequestDetail; onChanged: () => void };

/** Is it real? What speaks against it, what is still missing, and what was done to find out. */
export function VerificationPanel({ request, onChanged }: Props) {
  const query = useVerification(request.id);
  const [checking, setChecking] = useState<{ kind: CheckKind; numberId: string | null } | null>(null);
  if (query.isPending) return <Waiting label="Reading the checks" lines={8} />;
  if (!query.data)
    return (
      <div className="p-4">
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  const { data } = query;
  const begin = (kind: CheckKind, numberId: string | null = null): void => setChecking({ kind, numberId });
  return (
    <>
      <Risk verification={data} />
      <div className="grid lg:grid-cols-2 lg:divide-x lg:divide-line">
        <div className="min-w-0">
          <Needs verification={data} mayCheck={data.mayCheck} onCheck={begin} />
          <Domain verification={data} onCheck={() => begin("domain")} />
        </div>
        <div className="min-w-0 max-lg:border-t max-lg:border-line">
          <Numbers
            request={request}
            verification={data}
            onCall={(numberId) => begin("call_back", numberId)}
          />
        </div>
      </div>
      <Checks
        checks={data.checks}
        mayCheck={data.mayCheck}
        zone={request.localZone}
        onCheck={(kind) => begin(kind)}
      />
      {checking && (
        <CheckDialog
          request={request}
          verification={data}
          kind={checking.kind}
          numberId={checking.numberId}
          onClose={() => setChecking(null)}
          onChanged={onChanged}
        />
      )}
    </>
  );
}

function Risk({ verification: { risk, refusal } }: { verification: Verification }) {
  const { name, tone } = RISK_WORDS[risk.level];
  return (
    <Section title="Risk">
      <Notice
        tone={tone === "ok" ? "ok" : tone === "warn" ? "warn" : "danger"}
        title={
          risk.level === "do_not_disclose"
            ? "Do not disclose anything to this requester"
            : risk.level === "low"
              ? `${name}: nothing speaks against it`
              : name
        }
      >
        {risk.reasons.length > 0 && (
          <ul className="list-disc pl-5">
            {risk.reasons.map(({ reason, words }) => (
              <li key={reason}>{words}</li>
            ))}
          </ul>
        )}
        {refusal && isDenialCode(refusal) && (
          <p className="mt-1">
            <strong>{DENIALS[refusal].title}.</strong> {DENIALS[refusal].detail}
          </p>
        )}
      </Notice>
    </Section>
  );
}

type NeedsProps = { verification: Verification; mayCheck: boolean; onCheck: (kind: CheckKind) => void };

function Needs({ verification: { needs, missing }, mayCheck, onCheck }: NeedsProps) {
  const kinds = { call_back: "call_back", second_person: "second_person", document: "document" } as const;
  return (
    <Section title="What it needs before anything is given">
      {needs.length === 0 && <p className="text-muted">Nothing: such a request discloses nothing.</p>}
      <ul className="grid gap-1.5">
        {needs.map((need) => {
          const open = missing.includes(need);
          const kind = need in kinds ? kinds[need as keyof typeof kinds] : null;
          return (
            <li key={need} className="flex flex-wrap items-center gap-2">
              {open ? (
                <CircleDashed aria-hidden className="size-4 shrink-0 text-warn" />
              ) : (
                <CircleCheck aria-hidden className="size-4 shrink-0 text-ok" />
              )}
              <span className="min-w-0 grow basis-52">
                {NEED_WORDS[need]}
                <span className={open ? "text-warn" : "text-ok"}>{open ? " · missing" : " · on record"}</span>
              </span>
              {open && mayCheck && kind && (
                <Button small onClick={() => onCheck(kind)}>
                  {CHECK_KIND_WORDS[kind].name}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function Domain({ verification, onCheck }: { verification: Verification; onCheck: () => void }) {
  const { domain, findings, resembles } = verification.domain;
  return (
    <Section
      title="The sender’s domain"
      aside={
        verification.mayCheck && (
          <Button small onClick={onCheck}>
            <Globe aria-hidden className="size-4" />
            Record the domain check
          </Button>
        )
      }
    >
      <Facts>
        <Fact name="Domain">
          {domain === null ? <span className="text-muted">none</span> : <HostileText inline text={domain} />}
        </Fact>
        {resembles && (
          <Fact name="Resembles">
            <HostileText inline text={resembles} />{" "}
            <Badge tone="danger">
              <ShieldAlert aria-hidden className="size-3.5" />
              Look-alike
            </Badge>
          </Fact>
        )}
      </Facts>
      <ul className="mt-1 grid gap-0.5">
        {findings.map((finding) => {
          const { says, tone } = FINDING_WORDS[finding];
          return (
            <li key={finding} className="flex items-baseline gap-2">
              <Badge tone={tone}>{tone === "ok" ? "Fits" : tone === "warn" ? "Note" : "Warning"}</Badge>
              {says}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

type NumbersProps = {
  request: RequestDetail;
  verification: Verification;
  onCall: (numberId: string) => void;
};

function Numbers({ request, verification: { numbers, mayCheck }, onCall }: NumbersProps) {
  return (
    <Section title="Numbers to call back">
      <p className="mb-1.5 text-muted">
        Of the directory alone: one person found each by their own search, another confirmed it by theirs.
        Whoever sent a false letter also answers the phone number in it.
      </p>
      {numbers.length === 0 && (
        <p>
          {request.agencyId
            ? "The directory has no number of this agency. "
            : "No agency of the directory was chosen for this request. "}
          <Link href="/agencies" prefetch={false} className="underline">
            Agencies
          </Link>
        </p>
      )}
      <ul className="grid gap-1.5">
        {numbers.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <strong className="font-mono">{one.number}</strong>
            <span>{one.label}</span>
            <Badge tone={one.usable ? "ok" : "plain"}>{one.usable ? "Counts" : "Does not count"}</Badge>
            {one.usable && mayCheck && (
              <span className="ml-auto">
                <Button small onClick={() => onCall(one.id)}>
                  <Phone aria-hidden className="size-4" />
                  Record a call
                </Button>
              </span>
            )}
            {one.why && <span className="basis-full text-muted">{one.why}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

type ChecksProps = {
  checks: readonly Check[];
  mayCheck: boolean;
  zone: string;
  onCheck: (kind: CheckKind) => void;
};

function Checks({ checks, mayCheck, onCheck }: ChecksProps) {
  const kinds: readonly Exclude<CheckRequest["kind"], "call_back">[] = CHECK_KINDS.filter(
    (kind) => kind !== "call_back",
  );
  return (
    <Section title="What was done">
      {mayCheck && (
        <div className="mb-2 flex flex-wrap gap-2">
          {kinds.map((kind) => (
            <Button key={kind} small onClick={() => onCheck(kind)}>
              {kind === "second_person" && <UserRoundCheck aria-hidden className="size-4" />}
              {CHECK_KIND_WORDS[kind].name}
            </Button>
          ))}
        </div>
      )}
      {checks.length === 0 && <p className="text-muted">Nothing yet.</p>}
      <ol className="grid gap-2">
        {checks.map((one) => {
          const { name, tone } = CHECK_OUTCOME_WORDS[one.outcome];
          return (
            <li key={one.id} className="border-l-4 border-line pl-3">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <strong>{CHECK_KIND_WORDS[one.kind].name}</strong>
                <Badge tone={tone}>{name}</Badge>
                {!one.counts && <Badge>Does not count any more</Badge>}
                <span className="text-muted">
                  {one.by.name}, {utcWords(one.at)}
                </span>
              </p>
              {one.number && (
                <p>
                  <span className="font-mono">{one.number.number}</span> ({one.number.label})
                  {one.calledAt && `, called ${utcWords(one.calledAt)}`}
                  {one.spokeWith && (
                    <>
                      , spoke with <HostileText inline text={one.spokeWith} />
                    </>
                  )}
                </p>
              )}
              {one.documentN !== null && <p>Document {one.documentN}</p>}
              {one.findings.length > 0 && (
                <p className="text-muted">{one.findings.map((f) => FINDING_WORDS[f].says).join(" ")}</p>
              )}
              <HostileText text={one.note} />
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
