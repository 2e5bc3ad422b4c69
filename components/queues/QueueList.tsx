"use client";

import { ArrowRight, Inbox, Lock, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback, useRef, useState } from "react";
import type { QueueSummary } from "../../contracts/triage.ts";
import { useQueues } from "../api/queries.ts";
import { useCommands } from "../shell/commands.tsx";
import { useSignedIn } from "../shell/me.tsx";
import { mayTriage } from "../shell/rights.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { useShortcuts } from "../shell/useShortcuts.ts";
import { Badge } from "../ui/Badge.tsx";
import { BlankState } from "../ui/BlankState.tsx";
import { Button } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { Time } from "../ui/Time.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { CATEGORY_WORDS, counted, REGION_WORDS } from "../words.ts";
import { useClaimNext } from "./useClaimNext.ts";

/** The queues of this person: how much is open, what presses, where to go on. */
export function QueueList() {
  const { data, error, refetch } = useQueues();
  const queues = data?.queues ?? [];
  const mine = queues.reduce((sum, queue) => sum + queue.claimedByMe, 0);
  return (
    <div className="mx-auto w-full max-w-6xl pb-8">
      <PageHead title="Queues">
        {data && `${counted(queues.length, "queue")} · ${counted(mine, "case")} claimed by you`}
      </PageHead>
      <div className="px-4">
        {!data && error && <Failed error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Waiting label="Reading the queues" />}
        {data && queues.length === 0 && (
          <BlankState Icon={Inbox} title="You are in no queue yet">
            A lead or an administrator adds you to queues. They appear here at once.
          </BlankState>
        )}
        {queues.length > 0 && <QueueTable queues={queues} />}
      </div>
    </div>
  );
}

function QueueTable({ queues }: { queues: QueueSummary[] }) {
  const router = useRouter();
  const may = mayTriage(useSignedIn());
  const { busy, claimNextOf } = useClaimNext();
  const [selected, setSelected] = useState(0);
  const links = useRef<(HTMLAnchorElement | null)[]>([]);
  const at = Math.min(selected, queues.length - 1);
  const current = queues[at];
  const move = useCallback(
    (to: number) => {
      const next = Math.max(0, Math.min(queues.length - 1, to));
      setSelected(next);
      links.current[next]?.focus();
    },
    [queues.length],
  );

  useShortcuts({
    queuesDown: () => move(document.activeElement === links.current[at] ? at + 1 : at),
    queuesUp: () => move(at - 1),
    queuesOpen: current ? () => router.push(`/queues/${current.id}`) : undefined,
    queuesNext: may && current ? () => void claimNextOf(current.id) : undefined,
  });
  useCommands(
    queues.map((queue) => ({
      id: `queue-${queue.id}`,
      group: "Queues",
      label: queue.name,
      run: () => router.push(`/queues/${queue.id}`),
    })),
  );

  return (
    <div className="panel overflow-hidden">
      <table className="w-full border-collapse text-left">
        <thead className="heading border-b border-line bg-sunken">
          <tr>
            <th scope="col" className="px-3 py-1.5">
              Queue
            </th>
            <th scope="col" className="px-3 py-1.5 text-right">
              Open
            </th>
            <th scope="col" className="px-3 py-1.5 text-right">
              Overdue
            </th>
            <th scope="col" className="px-3 py-1.5 max-md:hidden">
              Oldest
            </th>
            <th scope="col" className="px-3 py-1.5 max-sm:hidden">
              Next due
            </th>
            <th scope="col" className="px-3 py-1.5 text-right max-sm:hidden">
              Mine
            </th>
            {may && (
              <th scope="col" className="px-3 py-1.5">
                <span className="sr-only">Claim</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {queues.map((queue, index) => (
            <tr
              key={queue.id}
              data-selected={index === at}
              className="border-b border-line last:border-b-0 hover:bg-sunken data-[selected=true]:bg-accent-soft"
            >
              <th scope="row" className="px-3 py-2 font-normal">
                <Link
                  ref={(link) => {
                    links.current[index] = link;
                  }}
                  href={`/queues/${queue.id}`}
                  prefetch={false}
                  onFocus={() => setSelected(index)}
                  className="font-semibold text-ink no-underline hover:underline"
                >
                  {queue.name}
                </Link>
                <div className="flex flex-wrap items-center gap-x-2 text-muted">
                  <span>
                    {queue.category ? CATEGORY_WORDS[queue.category] : "All categories"} ·{" "}
                    {queue.region ? REGION_WORDS[queue.region] : "all regions"}
                  </span>
                  {queue.restrictedSubject && (
                    <Badge tone="seal" title="Only staff cleared for this subject see this queue">
                      <Lock aria-hidden className="size-3" />
                      Restricted
                    </Badge>
                  )}
                </div>
              </th>
              <td className="px-3 py-2 text-right font-semibold">
                {queue.open.toLocaleString("en-GB")}
                {queue.openCapped && <span title="More than can be counted at once">+</span>}
              </td>
              <td className="px-3 py-2 text-right">
                {queue.overdue > 0 ? (
                  <span className="inline-flex items-center gap-1 font-semibold text-danger">
                    <TriangleAlert aria-hidden className="size-3.5" />
                    {queue.overdue.toLocaleString("en-GB")}
                  </span>
                ) : (
                  <span className="text-muted">0</span>
                )}
              </td>
              <td className="px-3 py-2 whitespace-nowrap max-md:hidden">{whenOr(queue.oldestOpenedAt)}</td>
              <td className="px-3 py-2 whitespace-nowrap max-sm:hidden">{whenOr(queue.nextDueAt)}</td>
              <td className="px-3 py-2 text-right max-sm:hidden">
                {queue.claimedByMe > 0 ? (
                  <strong>{queue.claimedByMe}</strong>
                ) : (
                  <span className="text-muted">0</span>
                )}
              </td>
              {may && (
                <td className="px-3 py-2 text-right max-sm:pl-0">
                  <Button
                    small
                    busy={busy === queue.id}
                    disabled={queue.open === 0}
                    keys={index === at ? keyOf("queuesNext") : undefined}
                    onClick={() => void claimNextOf(queue.id)}
                  >
                    <ArrowRight aria-hidden className="size-4 sm:hidden" />
                    <span className="max-sm:sr-only">Next case</span>
                    <span className="sr-only"> of {queue.name}</span>
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function whenOr(at: string | null) {
  return at ? <Time at={at} /> : <span className="text-muted">–</span>;
}
