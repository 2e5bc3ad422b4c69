"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { CaseDetail } from "../../contracts/triage.ts";
import { statusOf } from "../api/ApiError.ts";
import { beat, claimCase, releaseCase } from "../api/endpoints.ts";
import { keys } from "../api/queries.ts";
import { serverNow } from "../api/serverClock.ts";

const BEAT_MS = 45_000;
const RETRY_MS = 8_000;

export type Claim = {
  /** Whether this person holds the case now. */
  mine: boolean;
  /** When the lease ends unless it is kept up; milliseconds by the server's clock. */
  expiresAt: number;
  /** The claim was held on this page and is gone. */
  lost: boolean;
  claim: () => Promise<void>;
  release: () => Promise<void>;
};

/**
 * The claim on a case: takes it, keeps it up every 45 seconds while the page is there, and notices when it is lost, by
 * a refusal, by another's claim or by the lease running out unheard.
 */
export function useClaim(caseId: string, detail: CaseDetail | undefined, onLost: () => void): Claim {
  const client = useQueryClient();
  const told = detail?.case.claim;
  const toldUntil = told?.mine ? Date.parse(told.expiresAt) : 0;
  const open = detail?.case.state === "open";
  const [keptUntil, setKeptUntil] = useState(0);
  const [lost, setLost] = useState(false);
  const held = useRef(false);
  const lostNow = useRef(onLost);
  const leaseEnd = useRef(0);
  useEffect(() => {
    lostNow.current = onLost;
    leaseEnd.current = Math.max(leaseEnd.current, toldUntil);
  });

  const expiresAt = Math.max(toldUntil, keptUntil);
  const mine = Boolean(open && toldUntil > 0 && !lost);

  const lose = useCallback((): void => {
    if (!held.current) return;
    held.current = false;
    setLost(true);
    setKeptUntil(0);
    lostNow.current();
    void client.invalidateQueries({ queryKey: keys.case(caseId) });
  }, [client, caseId]);

  // What the server tells about the case: ours, decided, or someone else's.
  useEffect(() => {
    if (mine) held.current = true;
    else if (detail && held.current) {
      if (open) lose();
      else held.current = false;
    }
  }, [mine, detail, open, lose]);

  useEffect(() => {
    if (!mine) return;
    let timer: ReturnType<typeof setTimeout>;
    let stopped = false;
    const keepUp = async (): Promise<void> => {
      try {
        const kept = Date.parse((await beat(caseId)).expiresAt);
        if (stopped) return;
        leaseEnd.current = kept;
        setKeptUntil(kept);
        timer = setTimeout(keepUp, BEAT_MS);
      } catch (error) {
        if (stopped) return;
        const refused = statusOf(error) >= 400 && statusOf(error) < 500 && statusOf(error) !== 429;
        if (refused || serverNow() >= leaseEnd.current) lose();
        else timer = setTimeout(keepUp, RETRY_MS);
      }
    };
    timer = setTimeout(keepUp, BEAT_MS);
    // A page that slept beats at once when it is seen again.
    const onVisible = (): void => {
      if (document.visibilityState !== "visible") return;
      clearTimeout(timer);
      void keepUp();
    };
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [mine, caseId, lose]);

  const claim = useCallback(async (): Promise<void> => {
    try {
      await claimCase(caseId);
      setLost(false);
    } finally {
      await client.invalidateQueries({ queryKey: keys.case(caseId) });
    }
  }, [client, caseId]);

  const release = useCallback(async (): Promise<void> => {
    held.current = false;
    await releaseCase(caseId);
    setKeptUntil(0);
    await client.invalidateQueries({ queryKey: keys.case(caseId) });
  }, [client, caseId]);

  return { mine, expiresAt, lost, claim, release };
}
