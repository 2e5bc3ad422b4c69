"use client";

import { Inbox as InboxIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { RequestDto } from "../../contracts/access.ts";
import type { useRequests } from "../access/queries.ts";
import { useCommands } from "../shell/commands.tsx";
import { useSignedIn } from "../shell/me.tsx";
import { mayAskAccess } from "../shell/rights.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { useShortcuts } from "../shell/useShortcuts.ts";
import { BlankState } from "../ui/BlankState.tsx";
import { PagedList } from "../ui/PagedList.tsx";
import { AnswerDialog, type AnswerKind } from "./AnswerDialog.tsx";
import { RequestCard } from "./RequestCard.tsx";

/** What waits for an approver, the oldest first. */
export function Inbox({ query, requests }: ReturnType<typeof useRequests>) {
  const router = useRouter();
  const answers = mayAskAccess(useSignedIn());
  const list = useRef<HTMLOListElement>(null);
  const [chosen, setChosen] = useState<{ id: string | null; index: number }>({ id: null, index: 0 });
  const [answering, setAnswering] = useState<{ kind: AnswerKind; request: RequestDto } | null>(null);
  const found = requests.findIndex(({ id }) => id === chosen.id);
  const at = Math.max(0, found >= 0 ? found : Math.min(chosen.index, requests.length - 1));
  const current = requests[at];

  const select = (index: number): void => setChosen({ id: requests[index]?.id ?? null, index });
  const move = (by: number): void => {
    const among = document.activeElement?.closest("[data-request]");
    const next = Math.max(0, Math.min(requests.length - 1, among ? at + by : at));
    select(next);
    const card = list.current?.querySelectorAll<HTMLElement>("[data-request]")[next];
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest" });
  };
  const answer = (kind: AnswerKind, request: RequestDto): void => {
    // What a live update takes away while it is read must not make the press go to the next one.
    setChosen({ id: request.id, index: requests.indexOf(request) });
    setAnswering({ kind, request });
  };
  const on = (kind: AnswerKind) => (current?.may.approve ? () => answer(kind, current) : undefined);

  useShortcuts({
    approvalsDown: () => move(1),
    approvalsUp: () => move(-1),
    approvalsApprove: on("approve"),
    approvalsDeny: on("deny"),
    approvalsAsk: on("ask"),
    approvalsCase: current ? () => router.push(`/cases/${current.case.id}`) : undefined,
  });
  useCommands(
    current?.may.approve
      ? (
          [
            ["approve", "Approve the request", "approvalsApprove"],
            ["deny", "Deny the request", "approvalsDeny"],
            ["ask", "Ask back", "approvalsAsk"],
          ] as const
        ).map(([kind, label, id]) => ({
          id: `request-${kind}`,
          group: "Approvals",
          label,
          keys: keyOf(id),
          run: () => answer(kind, current),
        }))
      : [],
  );

  return (
    <>
      <PagedList
        query={query}
        empty={requests.length === 0}
        waiting="Reading what waits"
        nothing={
          <BlankState Icon={InboxIcon} title="Nothing waits for an answer">
            Requests for the queues you work in appear here by themselves.
          </BlankState>
        }
      >
        {!answers && (
          <p className="px-4 pt-3 text-muted">
            Officers read along here. Specialists and leads of the queue answer.
          </p>
        )}
        <ol ref={list} aria-label="Requests, oldest first" className="grid gap-3 p-3 sm:p-4">
          {requests.map((request, index) => (
            <li key={request.id}>
              <RequestCard
                request={request}
                chosen={index === at}
                onSelect={() => select(index)}
                onAnswer={(kind) => answer(kind, request)}
              />
            </li>
          ))}
        </ol>
      </PagedList>
      <AnswerDialog answering={answering} onClose={() => setAnswering(null)} />
    </>
  );
}
