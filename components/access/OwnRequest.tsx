"use client";

import { useQueryClient } from "@tanstack/react-query";
import { MailOpen } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import type { RequestDto } from "../../contracts/access.ts";
import { errorWords } from "../api/ApiError.ts";
import { keys } from "../api/queries.ts";
import { useToasts } from "../shell/toasts.tsx";
import { Button, buttonClass } from "../ui/Button.tsx";
import { Instant, Time } from "../ui/Time.tsx";
import { useNow } from "../ui/useNow.ts";
import { HostileText } from "../view/HostileText.tsx";
import { PURPOSE_WORDS, SCOPE_WORDS } from "../words.ts";
import { answerQuestion, withdraw } from "./api.ts";
import { Conversation } from "./Conversation.tsx";
import { RequestState, standing } from "./RequestState.tsx";

type Props = {
  request: RequestDto;
  /** Opens what was approved; left out where the page is not the case's, and a link to it is drawn. */
  onOpen?: () => void;
  openKeys?: string;
  busy?: boolean;
};

/** One of one's own requests: how it stands, what was asked back, what became of it. */
export function OwnRequest({ request, onOpen, openKeys, busy = false }: Props) {
  const client = useQueryClient();
  const { show } = useToasts();
  const now = useNow();
  const [withdrawing, setWithdrawing] = useState(false);
  const state = standing(request, now);
  const name = `${PURPOSE_WORDS[request.purpose]}, ${SCOPE_WORDS[request.scope].name.toLowerCase()}`;

  const attempt = async (act: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      const { title, detail } = errorWords(error);
      show({ id: "request-refused", tone: "danger", title, detail });
    } finally {
      await client.invalidateQueries({ queryKey: keys.requests });
    }
  };
  const takeBack = async (): Promise<void> => {
    setWithdrawing(true);
    await attempt(() => withdraw(request.id));
    setWithdrawing(false);
  };

  return (
    <article aria-label={`Request: ${name}`} className="panel grid gap-2 px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <RequestState request={request} now={now} />
        <h3>{name}</h3>
        {!onOpen && (
          <Link href={`/cases/${request.case.id}`} prefetch={false}>
            Case {request.case.number}
          </Link>
        )}
        <span className="text-muted">
          asked <Time at={request.askedAt} />
        </span>
      </div>
      <p>{saysOf(request, state)}</p>
      {request.approvals
        .filter(({ note, answer }) => note !== null || answer === "denied")
        .map(({ by, answer, note, at }) => (
          <div key={by.id} className="border-l-4 border-line pl-3">
            <p className="text-muted">
              {by.name} {answer} <Time at={at} />
            </p>
            {note !== null && <HostileText text={note} />}
          </div>
        ))}
      <Conversation
        request={request}
        onAnswer={(questionId, answer) => attempt(() => answerQuestion(request.id, questionId, answer))}
      />
      <details>
        <summary className="text-muted">Your reason</summary>
        <HostileText text={request.reason} className="pt-1" />
      </details>
      {(state === "pending" || state === "approved") && (
        <div className="flex flex-wrap gap-2">
          {state === "approved" &&
            (onOpen ? (
              <Button look="primary" keys={openKeys} busy={busy} onClick={onOpen}>
                <MailOpen aria-hidden className="size-4" />
                Open what was approved
              </Button>
            ) : (
              <Link href={`/cases/${request.case.id}`} prefetch={false} className={buttonClass("primary")}>
                <MailOpen aria-hidden className="size-4" />
                Go to the case to open it
              </Link>
            ))}
          <Button busy={withdrawing} onClick={() => void takeBack()}>
            Withdraw
          </Button>
        </div>
      )}
    </article>
  );
}

function saysOf(request: RequestDto, state: RequestDto["state"]): ReactNode {
  switch (state) {
    case "pending":
      return (
        <>
          {request.may.answer
            ? "An approver has a question. Answer it below; the request waits on."
            : "Specialists and leads of the queue see it now."}{" "}
          It lapses <Time at={request.expiresAt} /> (<Instant at={request.expiresAt} />
          ).
        </>
      );
    case "approved":
      return (
        <>
          Open it before{" "}
          {request.usableUntil ? (
            <>
              <Instant at={request.usableUntil} /> (<Time at={request.usableUntil} />)
            </>
          ) : (
            "it lapses"
          )}
          . Its grant then lasts {request.minutes} minutes and opens {request.viewLimit} views.
        </>
      );
    case "used":
      return "It was approved and opened.";
    case "denied":
      return "It was denied. The reason stands below.";
    case "withdrawn":
      return "You took it back.";
    case "expired":
      return request.state === "approved" || request.usableUntil
        ? "It was approved, and not opened in time. Ask again if you still need it."
        : "Nobody answered in time. Ask again if you still need it.";
  }
}
