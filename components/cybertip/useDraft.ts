"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { DraftContent, SaveDraftResult } from "../../contracts/cybertip.ts";
import type { CyberTipDraft } from "../../domain/cybertip/draft.ts";
import type { Path } from "../../domain/cybertip/pointer.ts";
import { tidyDraft } from "../../domain/cybertip/tidyDraft.ts";
import { ApiError, codeOf } from "../api/ApiError.ts";
import { serverNow } from "../api/serverClock.ts";
import type { LastWords } from "../view/useSealedView.ts";
import { proposeDraft, readDraft, saveDraft } from "./api.ts";
import { withValueAt } from "./form/editValue.ts";

/** How long after the last change it is saved, and after how long at the latest while somebody keeps writing. */
const PAUSE_MS = 4_000;
const LATEST_MS = 20_000;
/** How long before the view ends what is not yet saved is sent: afterwards nothing can be. */
const BEFORE_END_MS = 12_000;

export type SavePhase = "saved" | "unsaved" | "saving" | "conflict" | "failed";
/** What the server has of the draft. Nothing written yet is revision 0. */
export type Saved = Pick<DraftContent, "revision" | "digest" | "savedBy" | "savedAt" | "problems">;

const BLANK: CyberTipDraft = { report: {}, files: [], transcript: { include: false } };

/** A draft without what forms leave behind; what the API asks of its shape stays. */
export function tidied(draft: CyberTipDraft): CyberTipDraft {
  return {
    report: tidyDraft(draft.report),
    files: draft.files.map(({ attachment, include, reason, details }) => ({
      attachment,
      include,
      ...(reason?.trim() ? { reason } : {}),
      details: tidyDraft(details),
    })),
    transcript: draft.transcript,
  };
}

type Options = {
  reportId: string;
  viewId: string;
  /** When the view ends, in milliseconds by the server's clock. */
  expiresAt: number;
  content: DraftContent;
  /** Told what came of each save, for what else is on the page. */
  onSaved: () => void;
  /** Set to what must still be sent before the view closes. */
  lastWords: { current: LastWords | null };
};

/**
 * The draft while it is open: edited here, saved as revisions a few seconds after each change, one save at a time and
 * each on top of the revision it was made from. Lives as long as its view.
 */
export function useDraft({ reportId, viewId, expiresAt, content, onSaved, lastWords }: Options) {
  const [draft, setDraft] = useState<CyberTipDraft>(content.draft ?? BLANK);
  const [saved, setSaved] = useState<Saved>(content);
  const [phase, setPhase] = useState<SavePhase>("saved");
  const [error, setError] = useState<unknown>(null);
  const now = useRef({ draft, revision: content.revision, changes: 0, kept: 0 });
  const running = useRef<Promise<unknown> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const waitingSince = useRef(0);
  const told = useRef(onSaved);
  useEffect(() => {
    told.current = onSaved;
  });

  /** Sends what has changed; null when nothing has. */
  const send = useCallback(
    (leaving: boolean): Promise<unknown> | null => {
      clearTimeout(timer.current);
      const here = now.current;
      if (here.changes === here.kept) return running.current;
      const sent = here.changes;
      const once = async (): Promise<void> => {
        setPhase("saving");
        try {
          const body = { viewId, revision: here.revision, draft: tidied(here.draft) };
          const result: SaveDraftResult = await saveDraft(reportId, body, leaving);
          here.revision = result.revision;
          here.kept = sent;
          waitingSince.current = 0;
          setSaved({ ...result, savedBy: null });
          setError(null);
          setPhase(here.changes === sent ? "saved" : "unsaved");
          told.current();
        } catch (refusal) {
          setError(refusal);
          setPhase(codeOf(refusal) === "draft-changed" ? "conflict" : "failed");
          told.current();
          throw refusal;
        }
      };
      const before = running.current;
      const mine: Promise<unknown> = (before ? before.then(once, once) : once()).finally(() => {
        if (running.current === mine) running.current = null;
      });
      running.current = mine;
      // Whoever waits for it hears of a failure; the page says it too.
      mine.catch(() => {});
      return mine;
    },
    [reportId, viewId],
  );

  const schedule = useCallback((): void => {
    clearTimeout(timer.current);
    waitingSince.current ||= performance.now();
    const waited = performance.now() - waitingSince.current;
    timer.current = setTimeout(() => send(false), Math.max(0, Math.min(PAUSE_MS, LATEST_MS - waited)));
  }, [send]);

  const replace = useCallback((next: CyberTipDraft): void => {
    now.current.draft = next;
    setDraft(next);
  }, []);
  const edit = useCallback(
    (path: Path, value: unknown): void => {
      now.current.changes++;
      replace(withValueAt(now.current.draft, path, value) as CyberTipDraft);
      setPhase((old) => (old === "conflict" ? old : "unsaved"));
      if (phase !== "conflict") schedule();
    },
    [phase, replace, schedule],
  );

  /** Takes over what somebody else saved; what was written here since is lost. */
  const takeTheirs = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    const theirs = await readDraft(reportId, viewId, new AbortController().signal);
    now.current = { draft: theirs.draft ?? BLANK, revision: theirs.revision, changes: 0, kept: 0 };
    setDraft(now.current.draft);
    setSaved(theirs);
    setError(null);
    setPhase("saved");
  }, [reportId, viewId]);
  /** Saves what is written here on top of what somebody else saved, whose words stay as a revision of their own. */
  const keepMine = useCallback(
    (revision: number): void => {
      now.current.revision = revision;
      void send(false);
    },
    [send],
  );
  /** Fills the draft from what is known. Nothing is saved by it. */
  const propose = useCallback(async (): Promise<void> => {
    const proposal = await proposeDraft(reportId, viewId);
    now.current.changes++;
    replace(proposal.draft);
    setPhase("unsaved");
  }, [reportId, viewId, replace]);

  useEffect(() => {
    const left = expiresAt - serverNow() - BEFORE_END_MS;
    const last = setTimeout(() => void send(false), Math.max(0, left));
    return () => clearTimeout(last);
  }, [expiresAt, send]);

  useEffect(() => {
    lastWords.current = send;
    return () => {
      clearTimeout(timer.current);
      lastWords.current = null;
    };
  }, [lastWords, send]);

  const meanwhile = error instanceof ApiError ? (error.problem.meanwhile ?? null) : null;
  /** The newest revision that the server has of what is written here. */
  const revisionNow = useCallback((): number => now.current.revision, []);
  return {
    draft,
    edit,
    saved,
    phase,
    error,
    save: send,
    takeTheirs,
    keepMine,
    propose,
    revisionNow,
    meanwhile,
  };
}
export type DraftHandle = ReturnType<typeof useDraft>;
