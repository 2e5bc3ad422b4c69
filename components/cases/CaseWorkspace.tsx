"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ArrowRight, FileX2, Siren } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import type { CaseDetail, DecideResult } from "../../contracts/triage.ts";
import { presetReason } from "../../domain/presetReason.ts";
import type { Outcome } from "../../domain/vocabulary.ts";
import { BreakGlass } from "../access/BreakGlass.tsx";
import { glassScopes, openWays, wayOf } from "../access/ways.ts";
import { errorWords, statusOf } from "../api/ApiError.ts";
import { keys, useCase } from "../api/queries.ts";
import { DecisionPanel } from "../decision/DecisionPanel.tsx";
import { useOfferUndo } from "../decision/undo.tsx";
import { useClaimNext } from "../queues/useClaimNext.ts";
import { useSignedIn } from "../shell/me.tsx";
import { usePreferences } from "../shell/preferences.tsx";
import { mayTriage } from "../shell/rights.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { BlankState } from "../ui/BlankState.tsx";
import { Button, buttonClass } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { OpenThread } from "../view/OpenThread.tsx";
import type { Resealed } from "../view/viewMachine.ts";
import { OUTCOME_WORDS } from "../words.ts";
import { CaseAccess, useCaseRequests } from "./CaseAccess.tsx";
import { CaseFacts } from "./CaseFacts.tsx";
import { CaseHead } from "./CaseHead.tsx";
import { OpenForm } from "./OpenForm.tsx";
import { RaiseFlag } from "./RaiseFlag.tsx";
import { SealedThread } from "./SealedThread.tsx";
import { useCaseKeys } from "./useCaseKeys.ts";
import { useClaim } from "./useClaim.ts";
import { useOpening } from "./useOpening.ts";
import { WhoOpens } from "./WhoOpens.tsx";

/** One case: what is known, the sealed thread, the decision. */
export function CaseWorkspace({ caseId }: { caseId: string }) {
  const { data, error, refetch } = useCase(caseId);
  const number = data?.case.number;
  useEffect(() => {
    if (number !== undefined) document.title = `Case ${number} · Unseal`;
  }, [number]);
  if (data) return <Workspace caseId={caseId} detail={data} />;
  if (!error) return <Waiting label="Reading the case" lines={12} />;
  if (statusOf(error) === 404)
    return (
      <BlankState
        page
        Icon={FileX2}
        title="There is no such case for you"
        actions={
          <Link href="/queues" prefetch={false} className={buttonClass()}>
            Queues
          </Link>
        }
      >
        It does not exist, or it lies outside your queues, regions and clearances.
      </BlankState>
    );
  return (
    <div className="mx-auto w-full max-w-xl p-4">
      <Failed error={error} onRetry={() => void refetch()} />
    </div>
  );
}

const RESEALED: Partial<Record<Resealed, { title: string; detail: string }>> = {
  expired: {
    title: "The view has run out",
    detail: "What was open is wiped. Open the thread again if you need it.",
  },
  hidden: {
    title: "Sealed while you were away",
    detail: "The page was out of sight for a minute. Open the thread again if you need it.",
  },
  left: { title: "Sealed when the page was left", detail: "Open the thread again if you need it." },
  revoked: {
    title: "The view was ended",
    detail: "The grant was revoked, or the policy no longer allows it. What was open is wiped.",
  },
};

/** The form may be folded away: it is unfolded, then written in. */
function writeReason(field: HTMLTextAreaElement | null): void {
  const folded = field?.closest("details");
  if (folded) folded.open = true;
  field?.focus();
}

function Workspace({ caseId, detail }: { caseId: string; detail: CaseDetail }) {
  const router = useRouter();
  const client = useQueryClient();
  const may = mayTriage(useSignedIn());
  const { autoNext } = usePreferences();
  const { show } = useToasts();
  const { busy: claimingNext, claimNextOf } = useClaimNext();
  const offerUndo = useOfferUndo();
  const { view, asked, preset, ask, takeUp, openUnder, breakGlass, seal, sealWork } = useOpening(caseId);
  const { shown: requests, approved } = useCaseRequests(caseId, may);
  const claim = useClaim(
    caseId,
    detail,
    useCallback(() => sealWork("claim-lost"), [sealWork]),
  );
  const [busy, setBusy] = useState(false);
  const [viewed, setViewed] = useState(false);
  const [flagging, setFlagging] = useState(false);
  const [breaking, setBreaking] = useState(false);
  const reason = useRef<HTMLTextAreaElement>(null);
  const { case: row } = detail;
  const decided = row.state === "decided";

  const isOpen = view.phase === "open";
  const envelope = useRef<HTMLElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (isOpen) setViewed(true);
    // The focus was among messages that are gone: it goes to what has taken their place.
    else if (wasOpen.current && document.activeElement === document.body) envelope.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  useEffect(() => {
    if (decided) sealWork("decided");
  }, [decided, sealWork]);

  const attempt = async (act: () => Promise<void>, refused: string): Promise<void> => {
    setBusy(true);
    try {
      await act();
    } catch (error) {
      const { title, detail: words } = errorWords(error);
      show({ id: refused, tone: "danger", title: `Case ${row.number}: ${title}`, detail: words });
    } finally {
      setBusy(false);
    }
  };
  const takeClaim = (): void => void attempt(claim.claim, "claim-refused");
  const release = (): void =>
    void attempt(async () => {
      seal("closed");
      await claim.release();
      show({ id: "released", title: `Case ${row.number} is free for others` });
      router.push(`/queues/${row.queue.id}`);
    }, "release-refused");
  const next = useCallback(
    () =>
      void claimNextOf(row.queue.id, () => {
        show({
          id: "queue-clear",
          title: "Nothing is left to claim in this queue",
          detail: "Every open case in it is claimed by someone, or it is empty.",
        });
        router.push(`/queues/${row.queue.id}`);
      }),
    [claimNextOf, row.queue.id, router, show],
  );
  const presetOpens =
    claim.mine &&
    detail.presetPurpose !== null &&
    presetReason(detail.presetPurpose) !== null &&
    wayOf(detail.accessOptions, detail.presetPurpose, "flagged_window")?.requirement === "automatic";
  const openPreset = (): void => {
    if (detail.presetPurpose && view.phase === "sealed") preset(detail.presetPurpose);
  };
  const ways = may ? openWays(detail.accessOptions, claim.mine && !decided) : [];
  const glass = may ? glassScopes(detail.accessOptions) : [];
  const onDecided = (result: DecideResult, outcome: Outcome): void => {
    seal("decided");
    offerUndo({
      ...result,
      caseId,
      caseNumber: row.number,
      outcome: OUTCOME_WORDS[outcome].toLowerCase(),
    });
    if (autoNext) next();
    void client.invalidateQueries({ queryKey: keys.case(caseId) });
  };

  const sealed = view.phase === "sealed";
  useCaseKeys({
    open: presetOpens && sealed ? openPreset : undefined,
    seal: isOpen ? () => seal("closed") : undefined,
    claim: may && !decided && !claim.mine ? takeClaim : undefined,
    release: claim.mine ? release : undefined,
    reason: sealed && ways.length > 0 ? () => writeReason(reason.current) : undefined,
    takeUp: approved && sealed ? () => takeUp(approved) : undefined,
    glass: glass.length > 0 && sealed ? () => setBreaking(true) : undefined,
    flag: may && !decided ? () => setFlagging(true) : undefined,
    next: may && (!claim.mine || decided) ? next : undefined,
    back: () => router.push(`/queues/${row.queue.id}`),
  });

  return (
    <div className="flex min-h-0 grow flex-col lg:h-[calc(100dvh-3rem)] lg:grow-0">
      <CaseHead
        detail={detail}
        claim={claim}
        mayTriage={may}
        busy={busy}
        onClaim={takeClaim}
        onRelease={release}
        onRaiseFlag={() => setFlagging(true)}
      />
      <div className="grid min-h-0 grow grid-cols-1 lg:grid-cols-[minmax(0,1fr)_21rem] lg:grid-rows-[auto_minmax(0,1fr)] xl:grid-cols-[18rem_minmax(0,1fr)_22rem] xl:grid-rows-1">
        <div className="min-w-0 border-line bg-surface max-lg:border-b lg:order-3 lg:overflow-auto lg:border-l xl:order-1 xl:border-r xl:border-l-0">
          <CaseFacts detail={detail} />
        </div>
        <div className="min-w-0 p-3 max-lg:min-h-96 lg:order-1 lg:row-span-2 lg:overflow-auto xl:order-2 xl:row-span-1">
          {isOpen ? (
            <OpenThread view={view} detail={detail} onClose={() => seal("closed")} />
          ) : (
            <SealedThread detail={detail} sectionRef={envelope}>
              {view.phase === "sealed" && view.why && RESEALED[view.why] && (
                <div className="mb-3">
                  <Notice announce="status" title={RESEALED[view.why]?.title ?? ""}>
                    {RESEALED[view.why]?.detail}
                  </Notice>
                </div>
              )}
              {view.phase === "sealed" && view.error != null && view.apart && (
                <div className="mb-3">
                  <Failed error={view.error} />
                </div>
              )}
              {may && (
                <CaseAccess
                  caseId={caseId}
                  requests={requests}
                  approved={approved}
                  busy={view.phase === "opening"}
                  onTakeUp={takeUp}
                  onOpenUnder={openUnder}
                />
              )}
              <WhoOpens
                detail={detail}
                claim={claim}
                may={may}
                onClaim={takeClaim}
                busy={busy}
                ways={ways.length}
              >
                <OpenForm
                  key={asked}
                  detail={detail}
                  ways={ways}
                  withPreset={claim.mine && !decided}
                  busy={view.phase === "opening"}
                  error={view.phase === "sealed" && !view.apart ? view.error : null}
                  reasonRef={reason}
                  onAsk={ask}
                />
              </WhoOpens>
              {glass.length > 0 && (
                <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line pt-3">
                  <Button look="danger" small onClick={() => setBreaking(true)}>
                    <Siren aria-hidden className="size-4" />
                    Break the glass
                  </Button>
                  <span className="text-muted">
                    Only when a life is in danger: opens at once, and every officer is told.
                  </span>
                </p>
              )}
            </SealedThread>
          )}
        </div>
        <div className="min-w-0 border-line bg-surface max-lg:border-t lg:order-2 lg:overflow-auto lg:border-l xl:order-3">
          {claim.mine && !decided ? (
            <DecisionPanel detail={detail} viewed={viewed} onDecided={onDecided} />
          ) : (
            <section aria-label="Decision" className="grid gap-3 px-4 py-3">
              <h2 className="text-base">Decision</h2>
              <p className="text-muted">
                {decided
                  ? "This case is decided."
                  : may
                    ? "Claim the case to decide it."
                    : "Your role reads this case and does not decide it."}
              </p>
              {may && (
                <Button
                  look={decided ? "primary" : "secondary"}
                  keys={keyOf("caseNext")}
                  busy={claimingNext !== null}
                  onClick={next}
                >
                  Next case
                  <ArrowRight aria-hidden className="size-4" />
                </Button>
              )}
            </section>
          )}
        </div>
      </div>
      <RaiseFlag detail={detail} open={flagging} onClose={() => setFlagging(false)} />
      <BreakGlass
        detail={detail}
        scopes={glass}
        open={breaking}
        onClose={() => setBreaking(false)}
        onBreak={breakGlass}
      />
    </div>
  );
}
