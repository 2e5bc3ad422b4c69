"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { GrantDto, RequestDto } from "../../contracts/access.ts";
import type { AccessOption } from "../../contracts/triage.ts";
import type { Purpose, Scope } from "../../domain/vocabulary.ts";
import { askAccess, breakTheGlass, openRequested, openUnderGrant } from "../access/api.ts";
import { needsClaim } from "../access/ways.ts";
import { openView } from "../api/endpoints.ts";
import { keys } from "../api/queries.ts";
import { useToasts } from "../shell/toasts.tsx";
import { type Begin, useSealedView } from "../view/useSealedView.ts";
import type { Asked, Resealed } from "../view/viewMachine.ts";
import type { Ask } from "./OpenForm.tsx";

/**
 * Every way to open the thread of one case: the preset, a reason in words, a grant that runs, an approved request, the
 * glass. Each commits its reason first; what came of it is read anew.
 */
export function useOpening(caseId: string) {
  const client = useQueryClient();
  const { show } = useToasts();
  const { state: view, open, seal } = useSealedView();
  /** Counts requests that were sent: the form that wrote them begins anew. */
  const [asked, setAsked] = useState(0);

  const openBy = useCallback(
    async (asked: Asked, begin: Begin): Promise<void> => {
      await open(asked, begin);
      await Promise.all(
        [keys.requests, keys.grants].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
    [client, open],
  );

  const preset = (purpose: Purpose): void =>
    void openBy({ purpose, scope: "flagged_window", apart: false }, () =>
      openView(caseId, { purpose, preset: true }),
    );

  const ask = ({ reason, ...rest }: Ask, way: AccessOption): void => {
    const { purpose, scope } = rest;
    void openBy({ purpose, scope, apart: false }, async () => {
      if (reason === null) return openView(caseId, { purpose, preset: true });
      // One commit where nothing but a reason is wanted.
      if (way.requirement === "automatic" && needsClaim(purpose) && scope !== "participant_threads")
        return openView(caseId, { purpose, scope, reason });
      const answer = await askAccess(caseId, { ...rest, reason });
      if (answer.state === "granted") return openUnderGrant(answer.grantId, null);
      setAsked((count) => count + 1);
      show({
        id: "asked",
        title: answer.needs === 1 ? "Asked for approval" : "Asked for two approvals",
        detail: "The answer appears on this case and under Approvals.",
      });
      return null;
    });
  };

  const takeUp = ({ id, purpose, scope }: RequestDto): void =>
    void openBy({ purpose, scope, apart: true }, () => openRequested(id));
  const openUnder = ({ id, purpose, scope }: GrantDto, threadId: string | null): void =>
    void openBy({ purpose, scope, apart: true }, () => openUnderGrant(id, threadId));

  /** Resolves to what the server refused, or to null. */
  const breakGlass = async (scope: Scope, reason: string): Promise<unknown> => {
    let refused: unknown = null;
    await openBy({ scope, purpose: "threat_to_life", apart: true }, async () => {
      try {
        const { reviewDueAt, ...view } = await breakTheGlass(caseId, { scope, reason });
        return { ...view, glassDueAt: reviewDueAt };
      } catch (error) {
        refused = error;
        return null;
      }
    });
    return refused;
  };

  // What stands on the claim goes with it. A view for another purpose does not.
  const purpose = useRef<Purpose | null>(null);
  useEffect(() => {
    purpose.current = view.phase === "sealed" ? null : view.purpose;
  });
  const sealWork = useCallback(
    (why: Resealed): void => {
      if (purpose.current && needsClaim(purpose.current)) seal(why);
    },
    [seal],
  );

  return { view, asked, preset, ask, takeUp, openUnder, breakGlass, seal, sealWork };
}
