"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ImageOff, MailOpen } from "lucide-react";
import { type FormEvent, useCallback, useState } from "react";
import { askAccess, openRequested, openUnderGrant } from "../access/api.ts";
import { OwnRequest } from "../access/OwnRequest.tsx";
import { useGrants } from "../access/queries.ts";
import { errorWords } from "../api/ApiError.ts";
import { checkView } from "../api/endpoints.ts";
import { keys } from "../api/queries.ts";
import { useCaseRequests } from "../cases/CaseAccess.tsx";
import { useToasts } from "../shell/toasts.tsx";
import { Button } from "../ui/Button.tsx";
import { NoteField } from "../ui/NoteField.tsx";
import { Notice } from "../ui/Notice.tsx";
import { type Begin, useSealed } from "../view/useSealedView.ts";
import { ViewClock } from "../view/ViewClock.tsx";

const WHAT = { purpose: "child_safety_report", scope: "attachment" } as const;

/**
 * The view under which files may be looked at: another one than the report's, with a reason of its own, and with another's
 * approval where the access policy asks for it.
 */
export function useFilesView(caseId: string) {
  const client = useQueryClient();
  const { show } = useToasts();
  const { state, open, seal } = useSealed(checkView);
  const begin = useCallback(
    async (how: Begin): Promise<void> => {
      await open({ ...WHAT, apart: true }, how);
      await Promise.all(
        [keys.requests, keys.grants].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
    [client, open],
  );
  const ask = (reason: string): Promise<void> =>
    begin(async () => {
      const answer = await askAccess(caseId, { ...WHAT, reason });
      if (answer.state === "granted") return openUnderGrant(answer.grantId, null);
      show({
        id: "asked",
        title: answer.needs === 1 ? "Asked for approval" : "Asked for two approvals",
        detail: "The answer appears here and under Approvals.",
      });
      return null;
    });
  return { caseId, state, begin, ask, seal, viewId: state.phase === "open" ? state.viewId : null };
}

/** How files come to be looked at: never by themselves, and only for a reason that is on record. */
export function FilesView({ handle }: { handle: ReturnType<typeof useFilesView> }) {
  const { caseId, state, begin, ask, seal } = handle;
  const [reason, setReason] = useState("");
  const { shown } = useCaseRequests(caseId, true);
  const { data } = useGrants("mine");
  if (state.phase === "open")
    return (
      <p className="flex flex-wrap items-center gap-3 rounded border border-accent bg-accent-soft px-3 py-1.5">
        <span>Files may be looked at. Each stays blurred and grey until you ask for more.</span>
        <span className="ml-auto flex items-center gap-3">
          <ViewClock expiresAt={state.expiresAt} />
          <Button small onClick={() => seal("closed")}>
            Seal the files
          </Button>
        </span>
      </p>
    );
  const busy = state.phase === "opening";
  const requests = shown.filter(({ purpose, scope }) => purpose === WHAT.purpose && scope === WHAT.scope);
  const grant = data?.grants.find(
    (one) =>
      one.caseId === caseId &&
      one.scope === WHAT.scope &&
      one.purpose === WHAT.purpose &&
      one.thisSession &&
      one.viewsUsed < one.viewLimit,
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void ask(reason);
  };
  const words = state.phase === "sealed" && state.error != null ? errorWords(state.error) : null;
  return (
    <div className="grid gap-2 rounded border border-seal-line bg-seal px-3 py-1.5">
      {requests.map((request) => (
        <OwnRequest
          key={request.id}
          request={request}
          busy={busy}
          onOpen={() => void begin(() => openRequested(request.id))}
        />
      ))}
      {grant && (
        <p className="flex flex-wrap items-center gap-2">
          <Button small busy={busy} onClick={() => void begin(() => openUnderGrant(grant.id, null))}>
            <MailOpen aria-hidden className="size-4" />
            Unseal the files again
          </Button>
          <span className="text-seal-ink">For the reason that you gave; it still holds.</span>
        </p>
      )}
      {words && (
        <Notice tone="warn" announce="alert" title={words.title}>
          {words.detail}
        </Notice>
      )}
      <details>
        <summary className="text-seal-ink">
          <ImageOff aria-hidden className="mr-1.5 inline size-4 align-[-0.2em]" />
          Files are sealed. Nobody needs to look at one to report it.
        </summary>
        <form onSubmit={submit} className="mt-2 grid gap-2 pb-1">
          <NoteField
            label="Why files must be looked at"
            value={reason}
            onChange={setReason}
            most={2000}
            error={undefined}
            help="A reason of its own, committed before anything is fetched. What you have shown whole is what the report says was viewed."
          />
          <div>
            <Button type="submit" busy={busy}>
              Unseal the files
            </Button>
          </div>
        </form>
      </details>
    </div>
  );
}
