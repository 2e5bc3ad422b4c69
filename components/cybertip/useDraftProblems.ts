"use client";

import { useDeferredValue, useMemo } from "react";
import { type CyberTipDraft, type DraftProblem, validateDraft } from "../../domain/cybertip/draft.ts";
import type { SchemaVersion } from "../../domain/cybertip/model/versions.ts";
import { serverNow } from "../api/serverClock.ts";
import { indexProblems, type ProblemIndex } from "./form/problems.ts";

/**
 * What would be refused, as one types, by the very rules by which the server judges. Only who reports is not known here:
 * the server's word on that stands.
 */
export function useDraftProblems(
  draft: CyberTipDraft,
  version: SchemaVersion,
  fromServer: readonly DraftProblem[],
): ProblemIndex {
  const calm = useDeferredValue(draft);
  return useMemo(() => {
    const found = validateDraft(calm, { reporter: null, now: new Date(serverNow()), version });
    return indexProblems([
      ...found.filter(({ rule }) => rule !== "draft.reporter"),
      ...fromServer.filter(({ rule }) => rule === "draft.reporter"),
    ]);
  }, [calm, version, fromServer]);
}
