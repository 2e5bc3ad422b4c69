"use client";

import { useQueryClient } from "@tanstack/react-query";
import { FileX2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useCallback, useEffect, useState } from "react";
import type { RequestDetail } from "../../../contracts/legal/requests.ts";
import { statusOf } from "../../api/ApiError.ts";
import { useCommands } from "../../shell/commands.tsx";
import { useSignedIn } from "../../shell/me.tsx";
import { keyOf } from "../../shell/shortcuts.ts";
import { useShortcuts } from "../../shell/useShortcuts.ts";
import { BlankState } from "../../ui/BlankState.tsx";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { Waiting } from "../../ui/Waiting.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { useRequestHolds } from "../holds/queries.ts";
import { DueWords, Moment } from "../Moment.tsx";
import { useRequest, useVerification } from "../queries.ts";
import { RequestWork } from "../RequestWork.tsx";
import { RequestMarks } from "../register/RequestRowCells.tsx";
import { mayHandleRequests } from "../rights.ts";
import { clockStopped, RISK_WORDS, TYPE_NAMES } from "../words.ts";
import { ACT_LABELS, type Act, ActDialogs, ActMenu, actsOf } from "./Acts.tsx";
import { FactsPanel } from "./FactsPanel.tsx";
import { HistoryPanel } from "./HistoryPanel.tsx";
import { HoldsPanel } from "./HoldsPanel.tsx";
import { NoticesPanel } from "./NoticesPanel.tsx";
import { nextStepOf, PARTS, type PartName, stepWords } from "./nextStep.ts";
import { ScopePanel } from "./ScopePanel.tsx";
import { VerificationPanel } from "./VerificationPanel.tsx";

const PART = parseAsStringLiteral(PARTS).withDefault("facts").withOptions({ history: "push" });
const PART_LABELS: Record<PartName, string> = {
  facts: "The letter",
  verification: "Is it real?",
  scope: "Scope",
  holds: "Holds",
  work: "Collections and packets",
  notices: "Notices",
  history: "History",
};

/** One lawful request: how it stands, what comes next, and everything that belongs to it. */
export function RequestPage({ requestId }: { requestId: string }) {
  const request = useRequest(requestId);
  const { data } = request;
  useEffect(() => {
    if (data) document.title = `${data.shownNumber} · Unseal`;
  }, [data]);
  if (data) return <Shown request={data} />;
  if (!request.error) return <Waiting label="Reading the request" lines={12} />;
  if (statusOf(request.error) === 404)
    return (
      <BlankState
        page
        Icon={FileX2}
        title="There is no such request for you"
        actions={
          <Link href="/lawful-requests" prefetch={false} className={buttonClass()}>
            Register
          </Link>
        }
      >
        It does not exist, or nothing of it lies in your regions.
      </BlankState>
    );
  return (
    <div className="mx-auto w-full max-w-xl p-4">
      <Failed error={request.error} onRetry={() => void request.refetch()} />
    </div>
  );
}

function Shown({ request }: { request: RequestDetail }) {
  const router = useRouter();
  const client = useQueryClient();
  const handles = mayHandleRequests(useSignedIn());
  const [part, setPart] = useQueryState("part", PART);
  const [act, setAct] = useState<Act | null>(null);
  const changed = useCallback(() => void client.invalidateQueries({ queryKey: ["legal"] }), [client]);
  const verification = useVerification(request.id).data;
  const notHeld = useRequestHolds(request.id).data?.accountsNotHeld;
  const next = nextStepOf({ request, verification, notHeld });
  const acts = actsOf(request);
  // The act is offered only while the server would take it; else the step leads to its part.
  const primary = next?.act && acts.includes(next.act) ? next.act : null;
  const goNext = (): void => {
    if (!next) return;
    if (primary) setAct(primary);
    else void setPart(next.part);
  };
  useShortcuts({
    requestNext: next ? goNext : undefined,
    requestPart: (event) => {
      const chosen = PARTS[Number(event.key) - 1];
      if (chosen) void setPart(chosen);
    },
    requestBack: () => router.push("/lawful-requests"),
  });
  const group = request.shownNumber;
  useCommands([
    ...(next
      ? [{ id: "request-next", group, label: stepWords(next), keys: keyOf("requestNext"), run: goNext }]
      : []),
    ...acts.map((one) => ({ id: `request-${one}`, group, label: ACT_LABELS[one], run: () => setAct(one) })),
    ...PARTS.map((one, n) => ({
      id: `request-part-${one}`,
      group,
      label: PART_LABELS[one],
      keys: String(n + 1),
      run: () => void setPart(one),
    })),
    {
      id: "request-back",
      group,
      label: "Back to the register",
      keys: keyOf("requestBack"),
      run: () => router.push("/lawful-requests"),
    },
  ]);
  const panel = { request, onChanged: changed };
  return (
    <div className="pb-8">
      <PageHead
        title={
          <span className="inline-flex flex-wrap items-center gap-2">
            {request.shownNumber}
            <RequestMarks row={request} />
          </span>
        }
        above={
          <Link href="/lawful-requests" prefetch={false}>
            Lawful requests
          </Link>
        }
        actions={<ActMenu acts={acts.filter((one) => one !== primary)} onChoose={setAct} />}
      >
        {TYPE_NAMES[request.type]} · {request.jurisdiction} · <HostileText inline text={request.agency} /> ·{" "}
        <HostileText inline text={request.reference} />
        {!clockStopped(request) && (
          <span className="block">
            <DueWords at={request.dueAt} /> · <Moment at={request.dueAt} zone={request.localZone} />
          </span>
        )}
      </PageHead>
      <div className="grid gap-2 px-4 pb-3 empty:hidden">
        {verification?.risk.level === "do_not_disclose" && part !== "verification" && (
          <Notice
            tone="danger"
            title="Do not disclose anything to this requester"
            actions={
              <Button small onClick={() => void setPart("verification")}>
                See what speaks against it
              </Button>
            }
          />
        )}
        {next && (
          <Notice
            title={stepWords(next)}
            actions={
              handles &&
              (primary ? (
                <Button look="primary" keys={keyOf("requestNext")} onClick={() => setAct(primary)}>
                  {ACT_LABELS[primary]}
                </Button>
              ) : (
                next.part !== part && (
                  <Button look="primary" keys={keyOf("requestNext")} onClick={() => void setPart(next.part)}>
                    Go there: {PART_LABELS[next.part]}
                  </Button>
                )
              ))
            }
          >
            {next.why}
          </Notice>
        )}
        {request.notices.map(({ notice, words }) => (
          <Notice key={notice} tone="warn" title={words}>
            {notice === "duplicate" && request.duplicateOf && (
              <Link href={`/lawful-requests/${request.duplicateOf.id}`} prefetch={false}>
                {request.duplicateOf.shownNumber}
              </Link>
            )}
            {notice === "altered_repeat" && (
              <button type="button" className="text-accent underline" onClick={() => void setPart("history")}>
                See what differs
              </button>
            )}
          </Notice>
        ))}
        {!handles && (
          <Notice title="You read it; legal counsel works on it">
            Documents and content are not for your role.
          </Notice>
        )}
      </div>
      <Tabs
        label="Request"
        tabs={PARTS.map((value) => ({
          value,
          label: (
            <>
              {PART_LABELS[value]}
              {value === "verification" && verification && verification.risk.level !== "low" && (
                <span className="text-danger">
                  <span aria-hidden>!</span>
                  <span className="sr-only">, {RISK_WORDS[verification.risk.level].name}</span>
                </span>
              )}
            </>
          ),
        }))}
        value={part}
        onChoose={(value) => void setPart(value)}
      >
        {part === "facts" && <FactsPanel {...panel} />}
        {part === "verification" && <VerificationPanel {...panel} />}
        {part === "scope" && <ScopePanel {...panel} />}
        {part === "holds" && <HoldsPanel {...panel} />}
        {part === "work" && <RequestWork {...panel} />}
        {part === "notices" && <NoticesPanel {...panel} />}
        {part === "history" && <HistoryPanel request={request} />}
      </Tabs>
      <ActDialogs request={request} act={act} onClose={() => setAct(null)} onChanged={changed} />
    </div>
  );
}
