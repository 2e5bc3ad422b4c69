"use client";

import { Eraser } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { ErasureRow } from "../../../contracts/legal/erasures.ts";
import { ERASURE_CONFLICT_WORDS, ERASURE_GROUND } from "../../../domain/legal/holdWords.ts";
import { usePages } from "../../api/queries.ts";
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
import { utcWords } from "../../ui/timeWords.ts";
import { Waiting } from "../../ui/Waiting.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { counted } from "../../words.ts";
import { DueWords } from "../Moment.tsx";
import { type ErasureFilter, fetchErasures, holdKeys } from "./api.ts";
import { useErasure } from "./queries.ts";
import { ERASURE_STATE_WORDS } from "./words.ts";

export const ERASURES = ["open", "deferred", "done", "all"] as const;
export type Erasures = (typeof ERASURES)[number];
const ERASURE_NAMES: Record<Erasures, string> = {
  open: "Not done",
  deferred: "Deferred",
  done: "Done",
  all: "All",
};

/** What people want erased, how far it has come, and what it waits for. */
export function ErasureList({ which, onWhich }: { which: Erasures; onWhich: (which: Erasures) => void }) {
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
