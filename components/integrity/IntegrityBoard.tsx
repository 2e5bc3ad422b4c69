"use client";

import { RotateCw, ShieldCheck } from "lucide-react";
import type { Integrity } from "../../contracts/integrity.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { useShortcuts } from "../shell/useShortcuts.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Fact, Facts } from "../ui/Facts.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Notice } from "../ui/Notice.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { Section } from "../ui/Section.tsx";
import { Time } from "../ui/Time.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { counted } from "../words.ts";
import { KeyTable, SinkTable } from "./LogTables.tsx";
import { PastChecks } from "./PastChecks.tsx";
import { isUnderWay, useIntegrity } from "./useIntegrity.ts";
import { VerificationCard } from "./VerificationCard.tsx";
import { healthOf, wordsOf } from "./words.ts";

/** Whether the log is whole: its newest checkpoint, what waits, who signs and who watches, and checking all of it now. */
export function IntegrityBoard() {
  const { query, verify, cancel } = useIntegrity();
  const { data } = query;
  const underWay = data?.verifications.find(isUnderWay);
  const ask = underWay || verify.isPending ? undefined : () => verify.mutate();
  useShortcuts({ integrityVerify: ask, integrityRefresh: () => void query.refetch() });
  return (
    <div className="mx-auto w-full max-w-5xl pb-8">
      <PageHead
        title="Integrity of the log"
        actions={
          <>
            <Button onClick={() => void query.refetch()} aria-label="Read the state anew">
              <RotateCw aria-hidden className="size-4" />
            </Button>
            <Button
              look="primary"
              onClick={ask}
              disabled={!data || !ask}
              busy={verify.isPending}
              keys={keyOf("integrityVerify")}
            >
              <ShieldCheck aria-hidden className="size-4" />
              Verify now
            </Button>
          </>
        }
      >
        Every event is a leaf of a signed tree. Here you see that it grows, and check that nothing in it was
        changed.
      </PageHead>
      {query.isPending && <Waiting label="Reading the state of the log" lines={10} />}
      {query.isError && !data && (
        <div className="p-4">
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {verify.isError && (
        <div className="px-4 pb-3">
          <Failed error={verify.error} />
        </div>
      )}
      {data && (
        <>
          <Health data={data} />
          {underWay && (
            <VerificationCard
              check={underWay}
              onCancel={() => cancel.mutate(underWay.id)}
              cancelling={cancel.isPending}
            />
          )}
          {cancel.isError && (
            <div className="px-4 pb-3">
              <Failed error={cancel.error} />
            </div>
          )}
          <PastChecks checks={data.verifications.filter((check) => !isUnderWay(check))} />
          <div className="panel mx-4 max-sm:mx-0">
            <State data={data} />
            <Section title="Places outside this house">
              <SinkTable log={data.log} feeds={data.feeds} />
            </Section>
            <Section title="Keys that sign">
              <KeyTable keys={data.log.keys} />
            </Section>
          </div>
        </>
      )}
    </div>
  );
}

function Health({ data: { log } }: { data: Integrity }) {
  const { tone, title, detail } = healthOf(log);
  return (
    <div className="px-4 pb-3">
      <Notice tone={tone} title={title}>
        {detail}
      </Notice>
    </div>
  );
}

function State({ data: { log } }: { data: Integrity }) {
  const { head, sequencer } = log;
  return (
    <Section title="Newest checkpoint">
      <Facts>
        <Fact name="Covers">
          {head ? <strong>{counted(head.size, "event")}</strong> : "nothing has been signed yet"}
        </Fact>
        {head && (
          <>
            <Fact name="Signed">
              <Time at={head.signedAt} both />
            </Fact>
            <Fact name="Root">
              <span className="font-mono text-[0.93rem] break-all">{head.root}</span>
            </Fact>
          </>
        )}
        <Fact name="Waiting">
          {log.waiting === 0 ? (
            "no leaf"
          ) : (
            <>
              {counted(log.waiting, "leaf", "leaves")}
              {log.waiting >= 100_000 && " or more"}
              {log.waitingSince && (
                <>
                  , the first since <Time at={log.waitingSince} />
                </>
              )}
            </>
          )}
        </Fact>
        <Fact name="Sequencer">
          <Badge tone={sequencer.state === "running" ? "ok" : "warn"}>{sequencer.state}</Badge>{" "}
          {sequencer.problem && wordsOf(sequencer.problem)}{" "}
          <span className="text-muted">
            since <Time at={sequencer.since} />, last seen <Time at={sequencer.seenAt} />
          </span>
        </Fact>
        <Fact name="Strict mode">
          {log.strict
            ? "on: a thread opens only once its event is signed"
            : "off: a thread opens at once, its event is signed within the second"}
        </Fact>
      </Facts>
    </Section>
  );
}
