"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Eraser, Snowflake } from "lucide-react";
import Link from "next/link";
import { parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect, useState } from "react";
import type { ErasureRow } from "../../../contracts/legal/erasures.ts";
import { ERASURE_CONFLICT_WORDS, ERASURE_GROUND, HOLDS_AND_LOG } from "../../../domain/legal/holdWords.ts";
import { usePages } from "../../api/queries.ts";
import { useCommands } from "../../shell/commands.tsx";
import { useDeskList } from "../../shell/useDeskList.ts";
import { Badge } from "../../ui/Badge.tsx";
import { BlankState } from "../../ui/BlankState.tsx";
import { Button } from "../../ui/Button.tsx";
import { ChoiceChips } from "../../ui/ChoiceChips.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Fact, Facts } from "../../ui/Facts.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { PagedList } from "../../ui/PagedList.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { Waiting } from "../../ui/Waiting.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { counted } from "../../words.ts";
import { legalKeys } from "../api.ts";
import { DueWords } from "../Moment.tsx";
import { type ErasureFilter, fetchErasures, fetchHolds, type HoldFilter, holdKeys } from "./api.ts";
import { HoldCard } from "./HoldCard.tsx";
import { HoldDetailDialog } from "./HoldDetailDialog.tsx";
import { useErasure } from "./queries.ts";
import { ERASURE_STATE_WORDS } from "./words.ts";

const WHICH = ["live", "due", "lapsed", "released", "all"] as const;
type Which = (typeof WHICH)[number];
const HOLD_FILTERS: Record<Which, HoldFilter> = {
  live: { state: "live" },
  due: { due: 30 },
  lapsed: { state: "lapsed" },
  released: { state: "released" },
  all: {},
};
const HOLD_NAMES: Record<Which, string> = {
  live: "Holding",
  due: "Ends within 30 days",
  lapsed: "Lapsed",
  released: "Released",
  all: "All",
};
const ERASURES = ["open", "deferred", "done", "all"] as const;
type Erasures = (typeof ERASURES)[number];
const ERASURE_NAMES: Record<Erasures, string> = {
  open: "Not done",
  deferred: "Deferred",
  done: "Done",
  all: "All",
};
const ADDRESS = {
  tab: parseAsStringLiteral(["holds", "erasures"]).withDefault("holds"),
  holds: parseAsStringLiteral(WHICH).withDefault("live"),
  erasures: parseAsStringLiteral(ERASURES).withDefault("open"),
};
const TABS = [
  { value: "holds", label: "Holds" },
  { value: "erasures", label: "Erasure requests" },
] as const;

/** What must be kept, what people want erased, and where the two meet. */
export function HoldsBoard() {
  const [{ tab, holds, erasures }, setAddress] = useQueryStates(ADDRESS, { history: "push" });
  useEffect(() => {
    document.title = "Holds · Unseal";
  }, []);
  const group = "Holds";
  useCommands([
    {
      id: "holds-due",
      group,
      label: "Show holds that end soon",
      run: () => void setAddress({ tab: "holds", holds: "due" }),
    },
    {
      id: "holds-erasures",
      group,
      label: "Show erasure requests",
      run: () => void setAddress({ tab: "erasures" }),
    },
  ]);
  return (
    <div className="pb-8">
      <PageHead title="Holds and erasures">
        A hold goes before an erasure: what must be kept is erased by itself once nothing keeps it.
      </PageHead>
      <Tabs
        label="Holds and erasures"
        tabs={TABS}
        value={tab}
        onChoose={(value) => void setAddress({ tab: value })}
      >
        {tab === "holds" ? (
          <Holds which={holds} onWhich={(value) => void setAddress({ holds: value })} />
        ) : (
          <ErasureList which={erasures} onWhich={(value) => void setAddress({ erasures: value })} />
        )}
      </Tabs>
    </div>
  );
}

function Holds({ which, onWhich }: { which: Which; onWhich: (which: Which) => void }) {
  const client = useQueryClient();
  const filter = HOLD_FILTERS[which];
  const query = usePages(holdKeys.list(filter), (cursor, asked) => fetchHolds(filter, cursor, asked), {
    refetchInterval: 60_000,
  });
  const [shown, setShown] = useState<string | null>(null);
  const list = useDeskList(() => void query.refetch());
  const rows = query.data?.pages.flatMap((page) => page.holds) ?? [];
  const counts = query.data?.pages[0]?.counts;
  const changed = (): void => void client.invalidateQueries({ queryKey: legalKeys.all });
  const countOf: Partial<Record<Which, number>> = counts ? { live: counts.live, due: counts.due30 } : {};
  return (
    <>
      <div className="grid gap-2 px-4 py-3">
        <ChoiceChips
          legend="Which holds"
          hideLegend
          name="which-holds"
          choices={WHICH.map((value) => ({
            value,
            label: `${HOLD_NAMES[value]}${countOf[value] ? ` (${countOf[value].toLocaleString("en-GB")})` : ""}`,
          }))}
          value={which}
          onChoose={onWhich}
        />
        {counts && counts.due1 + counts.reviewDue + counts.releaseAsked > 0 && (
          <Notice tone="warn" title="Holds wait for somebody">
            {[
              counts.due1 > 0 && `${counted(counts.due1, "hold")} within a day of its end`,
              counts.due7 > counts.due1 &&
                `${counted(counts.due7 - counts.due1, "more", "more")} within a week`,
              counts.reviewDue > 0 && `${counted(counts.reviewDue, "hold")} to be looked at again`,
              counts.releaseAsked > 0 &&
                `${counted(counts.releaseAsked, "release")} to be confirmed by another counsel`,
            ]
              .filter(Boolean)
              .join("; ")}
            .
          </Notice>
        )}
        <p className="text-muted">{HOLDS_AND_LOG}</p>
      </div>
      <PagedList
        query={query}
        empty={rows.length === 0}
        waiting="Reading the holds"
        nothing={
          <BlankState Icon={Snowflake} title="No hold is here">
            A hold is made on the page of a lawful request: “Freeze its accounts”.
          </BlankState>
        }
      >
        <ol
          ref={list}
          aria-label={`${HOLD_NAMES[which]}, those that end first come first`}
          className="grid gap-3 px-4"
        >
          {rows.map((hold) => (
            <li key={hold.id}>
              <HoldCard hold={hold} zone="UTC" apart onChanged={changed} onDetail={() => setShown(hold.id)} />
            </li>
          ))}
        </ol>
      </PagedList>
      <HoldDetailDialog holdId={shown} onClose={() => setShown(null)} />
    </>
  );
}

function ErasureList({ which, onWhich }: { which: Erasures; onWhich: (which: Erasures) => void }) {
  const filter: ErasureFilter = which === "all" ? {} : { state: which };
  const query = usePages(holdKeys.erasures(filter), (cursor, asked) => fetchErasures(filter, cursor, asked), {
    refetchInterval: 60_000,
  });
  const [shown, setShown] = useState<string | null>(null);
  const list = useDeskList(() => void query.refetch());
  const rows = query.data?.pages.flatMap((page) => page.erasures) ?? [];
  const counts = query.data?.pages[0]?.counts;
  return (
    <>
      <div className="grid gap-2 px-4 py-3">
        <ChoiceChips
          legend="Which erasures"
          hideLegend
          name="which-erasures"
          choices={ERASURES.map((value) => ({
            value,
            label: `${ERASURE_NAMES[value]}${
              counts && value === "deferred" && counts.deferred > 0
                ? ` (${counts.deferred.toLocaleString("en-GB")})`
                : ""
            }`,
          }))}
          value={which}
          onChoose={onWhich}
        />
        <Notice title="Why an erasure can wait">
          {ERASURE_GROUND.law}: what must be kept for the law or for legal claims is kept, the rest is erased
          at once. The platform is told the ground in general words and never the cause, so that nobody learns
          of an order that must not be told of. As soon as nothing keeps it, it is erased without anybody
          having to remember.
        </Notice>
      </div>
      <PagedList
        query={query}
        empty={rows.length === 0}
        waiting="Reading the erasures"
        nothing={
          <BlankState Icon={Eraser} title="No erasure is here">
            Platforms send them with a key of their own, whose scope is <code>erasures:write</code>.
          </BlankState>
        }
      >
        <ol ref={list} aria-label={`${ERASURE_NAMES[which]}, newest first`} className="grid gap-3 px-4">
          {rows.map((erasure) => (
            <li key={erasure.id}>
              <ErasureCard erasure={erasure} onProof={() => setShown(erasure.id)} />
            </li>
          ))}
        </ol>
      </PagedList>
      <ProofDialog erasureId={shown} onClose={() => setShown(null)} />
    </>
  );
}

/** When what has no day of its own ends. */
const ENDS: Record<ErasureRow["conflicts"][number]["kind"], string> = {
  hold: "until it is released",
  cybertip_hold: "until it is released",
  open_report: "until it is settled",
  open_case: "until it is decided",
};

function ErasureCard({ erasure, onProof }: { erasure: ErasureRow; onProof: () => void }) {
  const { name, tone } = ERASURE_STATE_WORDS[erasure.state];
  const { threads, erased } = erasure;
  return (
    <article aria-label={`Erasure ${erasure.number}`} className="panel grid gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <button type="button" className="row font-semibold" onClick={onProof}>
          Erasure {erasure.number}
        </button>
        <Badge tone={tone}>{name}</Badge>
        <span className="text-muted">
          {erasure.platform} · <HostileText inline text={erasure.reference} /> ·{" "}
          {erasure.scope === "account" ? "an account" : "a thread"}
        </span>
        {erasure.state !== "done" && erasure.state !== "deferred" && (
          <span className="ml-auto max-sm:ml-0">
            answer <DueWords at={erasure.answerDueAt} />
          </span>
        )}
      </div>
      <Facts>
        {erasure.subject !== null && (
          <Fact name="Whose">
            <span className="font-mono">
              <HostileText inline text={erasure.subject} />
            </span>
          </Fact>
        )}
        <Fact name="Received">
          {utcWords(erasure.receivedAt)}
          {erasure.askedAt && ` · the person asked ${utcWords(erasure.askedAt)}`}
        </Fact>
        <Fact name="Answer due">{utcWords(erasure.answerDueAt)} (GDPR Art. 12(3))</Fact>
        <Fact name="Threads">
          {threads.erased.toLocaleString("en-GB")} of {threads.total.toLocaleString("en-GB")} erased
          {threads.deferred > 0 && `, ${threads.deferred.toLocaleString("en-GB")} kept for now`}
        </Fact>
        <Fact name="Erased so far">
          {counted(erased.messages, "message")}, {counted(erased.attachments, "attachment")},{" "}
          {counted(erased.identities, "identity", "identities")}, {counted(erased.keys, "key")}
        </Fact>
        {erasure.doneAt && <Fact name="Done">{utcWords(erasure.doneAt)}</Fact>}
      </Facts>
      {erasure.conflicts.length > 0 && (
        <div>
          <h3 className="heading mb-1">What it waits for</h3>
          <ul className="grid gap-1.5">
            {erasure.conflicts.map((one) => {
              const { label, law } = ERASURE_CONFLICT_WORDS[one.kind];
              return (
                <li key={`${one.kind} ${one.id}`} className="border-l-4 border-warn pl-3">
                  <p className="flex flex-wrap items-baseline gap-x-2">
                    <strong>{label}</strong>
                    {one.requestId !== null && one.number !== null && (
                      <Link href={`/lawful-requests/${one.requestId}?part=holds`} prefetch={false}>
                        LR-{String(one.number).padStart(6, "0")}
                      </Link>
                    )}
                    {one.requestId === null && one.number !== null && <span>{one.number}</span>}
                    <span>
                      keeps {counted(one.threads, "thread")}{" "}
                      {one.until ? `until ${utcWords(one.until)}` : ENDS[one.kind]}
                    </span>
                  </p>
                  <p className="text-muted">{law}</p>
                </li>
              );
            })}
          </ul>
        </div>
      )}
      {erasure.proofSha256 && (
        <p className="font-mono text-[0.786rem] break-all text-muted">Proof, SHA-256 {erasure.proofSha256}</p>
      )}
      <p>
        <Button small onClick={onProof}>
          {erasure.state === "done" ? "The proof" : "More"}
        </Button>
      </p>
    </article>
  );
}

function ProofDialog({ erasureId, onClose }: { erasureId: string | null; onClose: () => void }) {
  const { data, error, isPending, refetch } = useErasure(erasureId);
  return (
    <Dialog open={erasureId !== null} onClose={onClose} title="Erasure" wide>
      {isPending && <Waiting label="Reading the erasure" lines={4} />}
      {error && !data && <Failed error={error} onRetry={() => void refetch()} />}
      {data &&
        (data.proof === null ? (
          <p>
            It is not done. When it is, a record of what was erased stands here, whose SHA-256 is in the
            signed log: counts and times, nobody’s name.
          </p>
        ) : (
          <pre className="overflow-auto font-mono text-[0.857rem] whitespace-pre-wrap break-all">
            {data.proof}
          </pre>
        ))}
    </Dialog>
  );
}
