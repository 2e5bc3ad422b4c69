"use client";

import { CircleAlert, FileCheck2, Hash, RotateCw, Unlock } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { HoldRow } from "../../../contracts/legal/holds.ts";
import { HOLD_KIND_WORDS } from "../../../domain/legal/holdWords.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Fact, Facts } from "../../ui/Facts.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { useNow } from "../../ui/useNow.ts";
import { HostileText } from "../../view/HostileText.tsx";
import { counted } from "../../words.ts";
import { DueWords, Moment } from "../Moment.tsx";
import { Said } from "../Said.tsx";
import { useRequestAct } from "../useRequestAct.ts";
import { callOffRelease, checkHold } from "./api.ts";
import { type HoldDialogName, HoldDialogs } from "./HoldDialogs.tsx";
import { frozenWords, HOLD_STATE_WORDS, renewalsWords } from "./words.ts";

type Props = {
  hold: HoldRow;
  zone: string;
  onChanged: () => void;
  /** The page is not of the request that the hold belongs to. */
  apart?: boolean;
  /** Shows its threads and what happened to it. */
  onDetail: () => void;
};

/** One hold: what it keeps, until when, and what can be done about it. */
export function HoldCard({ hold, zone, onChanged, apart = false, onDetail }: Props) {
  const [dialog, setDialog] = useState<HoldDialogName | null>(null);
  const { busy, error, act } = useRequestAct(onChanged);
  const { name, tone } = HOLD_STATE_WORDS[hold.state];
  const { may } = hold;
  const now = useNow();
  const soon = hold.until !== null && now > 0 && Date.parse(hold.until) - now < SOON;
  const number = `LR-${String(hold.requestNumber).padStart(6, "0")}`;
  return (
    <article
      aria-label={`${HOLD_KIND_WORDS[hold.kind].label} of ${number}`}
      className="panel grid gap-2 px-4 py-3"
    >
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        {apart && (
          <Link
            href={`/lawful-requests/${hold.requestId}?part=holds`}
            prefetch={false}
            className="font-semibold"
          >
            {number}
          </Link>
        )}
        <strong>{HOLD_KIND_WORDS[hold.kind].label}</strong>
        <Badge tone={tone}>{name}</Badge>
        {hold.state === "live" && hold.until && <DueWords at={hold.until} verb="ends" />}
        {hold.erasuresWaiting > 0 && (
          <Badge tone="warn">
            <CircleAlert aria-hidden className="size-3.5" />
            {counted(hold.erasuresWaiting, "erasure")} {hold.erasuresWaiting === 1 ? "waits" : "wait"} for it
          </Badge>
        )}
        {hold.check !== null && hold.check.differing > 0 && (
          <Badge tone="danger">
            <CircleAlert aria-hidden className="size-3.5" />
            {counted(hold.check.differing, "thread")} not as frozen
          </Badge>
        )}
      </div>
      <Facts>
        <Fact name="Keeps">
          {frozenWords(hold.frozen)} of {counted(hold.accounts, "account")}
          {hold.arrived > 0 && `; ${counted(hold.arrived, "thread")} came under it since`}
        </Fact>
        <Fact name="From">
          <Moment at={hold.from} zone={zone} />
        </Fact>
        <Fact name="Until">
          {hold.until ? <Moment at={hold.until} zone={zone} /> : "it is released"}
          {hold.reviewDueAt && hold.state === "live" && (
            <span className="block text-muted">
              to be looked at again <DueWords at={hold.reviewDueAt} />
            </span>
          )}
        </Fact>
        {hold.state === "live" && <Fact name="Can be renewed">{renewalsWords(hold)}</Fact>}
        <Fact name="Hash at freeze">
          <Hashing hold={hold} />
        </Fact>
        <Fact name="Made by">
          {hold.madeBy?.name ?? "the collection"}, {utcWords(hold.madeAt)}
          {hold.reference && (
            <>
              {" · reference "}
              <HostileText inline text={hold.reference} />
            </>
          )}
        </Fact>
        {hold.production && (
          <Fact name="Order to produce">LR-{String(hold.production.number).padStart(6, "0")}</Fact>
        )}
        {hold.released && (
          <Fact name="Released by">
            {hold.released.by.name}, {utcWords(hold.released.at)}: <Said text={hold.released.reason} />
          </Fact>
        )}
      </Facts>
      {hold.reason && <HostileText text={hold.reason} />}
      {hold.releaseAsked && (
        <p className="rounded border border-warn bg-warn-soft px-3 py-2">
          <strong>Release asked for</strong> by {hold.releaseAsked.by.name}, {utcWords(hold.releaseAsked.at)}:{" "}
          <Said text={hold.releaseAsked.reason} />
          {!may.confirmRelease && " Another counsel confirms it."}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {may.renew && (
          <Button small look={soon ? "primary" : "secondary"} onClick={() => setDialog("renew")}>
            <RotateCw aria-hidden className="size-4" />
            Renew it
          </Button>
        )}
        {may.review && (
          <Button small onClick={() => setDialog("review")}>
            It is still needed
          </Button>
        )}
        {may.confirmProduction && (
          <Button small onClick={() => setDialog("production")}>
            <FileCheck2 aria-hidden className="size-4" />
            An order to produce was confirmed
          </Button>
        )}
        {may.check && (
          <Button
            small
            busy={busy === "check"}
            onClick={() =>
              void act("check", () => checkHold(hold.id), "It is being compared with what was frozen")
            }
          >
            <Hash aria-hidden className="size-4" />
            Verify it
          </Button>
        )}
        <Button small onClick={onDetail}>
          Threads and steps
        </Button>
        {may.callOffRelease && (
          <Button
            small
            busy={busy === "call-off"}
            onClick={() => void act("call-off", () => callOffRelease(hold.id), "It stays")}
          >
            Call the release off
          </Button>
        )}
        {(may.release || may.confirmRelease) && (
          <Button small look="danger" onClick={() => setDialog("release")}>
            <Unlock aria-hidden className="size-4" />
            {may.confirmRelease ? "Confirm the release" : "Release it"}
          </Button>
        )}
      </div>
      {error != null && <Failed error={error} />}
      <HoldDialogs hold={hold} open={dialog} onClose={() => setDialog(null)} onChanged={onChanged} />
    </article>
  );
}

/** From then on renewing it is what comes next. */
const SOON = 30 * 86_400_000;

function Hashing({ hold: { hashing, check } }: { hold: HoldRow }) {
  return (
    <>
      {hashing.finishedAt
        ? `${counted(hashing.total, "thread")} hashed, ${utcWords(hashing.finishedAt)}`
        : `${hashing.done.toLocaleString("en-GB")} of ${counted(hashing.total, "thread")} hashed so far`}
      {check && (
        <span className="block text-muted">
          {check.finishedAt
            ? `compared ${utcWords(check.finishedAt)}: ${
                check.differing === 0 ? "all as it was" : `${check.differing} differ`
              }`
            : `being compared: ${check.done.toLocaleString("en-GB")} of ${check.total.toLocaleString("en-GB")}`}
        </span>
      )}
    </>
  );
}
