"use client";

import { useQuery } from "@tanstack/react-query";
import { EyeOff, Plus } from "lucide-react";
import { useEffect, useState } from "react";
import type { WatchEntry } from "../../contracts/watchList.ts";
import { endWatch, fetchWatchList } from "../access/api.ts";
import { WATCH_CATEGORY_WORDS } from "../access/words.ts";
import { asking } from "../api/queries.ts";
import { Badge } from "../ui/Badge.tsx";
import { BlankState } from "../ui/BlankState.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Failed } from "../ui/Failed.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { SideScroll } from "../ui/SideScroll.tsx";
import { Instant, Time } from "../ui/Time.tsx";
import { useAct } from "../ui/useAct.ts";
import { Waiting } from "../ui/Waiting.tsx";
import { HostileText } from "../view/HostileText.tsx";
import { AddWatchForm } from "./AddWatchForm.tsx";
import { WATCH_KEY } from "./key.ts";

/** Participants whose threads need two approvers, whatever the policy says. For officers alone. */
export function WatchListBoard() {
  const query = useQuery({
    queryKey: WATCH_KEY,
    queryFn: (context) => fetchWatchList(asking(context)),
  });
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<WatchEntry | null>(null);
  const { busy, act } = useAct(WATCH_KEY);
  useEffect(() => {
    document.title = "Watch list · Unseal";
  }, []);
  const entries = query.data?.entries ?? [];
  const end = async (entry: WatchEntry): Promise<void> => {
    await act(entry.id, () => endWatch(entry.id), "The entry has ended");
    setEnding(null);
  };
  return (
    <div className="pb-8">
      <PageHead
        title="Watch list"
        actions={
          <Button look="primary" disabled={!query.data} onClick={() => setAdding(true)}>
            <Plus aria-hidden className="size-4" />
            Add an account
          </Button>
        }
      >
        A thread with one of these accounts needs two approvers, whatever the policy says. Only compliance
        officers see this list; to everybody else such a thread looks like any other.
      </PageHead>
      {query.isPending && <Waiting label="Reading the watch list" lines={8} />}
      {query.isError && !query.data && (
        <div className="p-4">
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.data && entries.length === 0 && (
        <BlankState Icon={EyeOff} title="Nobody is on the list">
          Journalists, officials, staff and people in the news: whoever staff could be curious about.
        </BlankState>
      )}
      {entries.length > 0 && <Entries entries={entries} onEnd={setEnding} />}
      <Dialog open={adding} onClose={() => setAdding(false)} title="Add an account">
        <AddWatchForm platforms={query.data?.platforms ?? []} onDone={() => setAdding(false)} />
      </Dialog>
      <Dialog open={ending !== null} onClose={() => setEnding(null)} title="End the entry">
        {ending && (
          <div className="grid gap-3">
            <p>
              Threads with this account on {ending.platform.name} open by the policy alone again. The entry
              stays in the list as ended.
            </p>
            <div className="flex justify-end gap-2">
              <Button onClick={() => setEnding(null)}>Cancel</Button>
              <Button look="danger" busy={busy === ending.id} onClick={() => void end(ending)}>
                End it
              </Button>
            </div>
          </div>
        )}
      </Dialog>
    </div>
  );
}

function Entries({ entries, onEnd }: { entries: readonly WatchEntry[]; onEnd: (entry: WatchEntry) => void }) {
  return (
    <SideScroll label="Entries">
      <table className="w-full min-w-4xl border-collapse text-left">
        <thead>
          <tr className="heading border-y border-line bg-sunken">
            {["Account", "Platform", "Category", "Why", "Added", "Until", "State"].map((title) => (
              <th key={title} scope="col" className="px-4 py-1.5 font-semibold">
                {title}
              </th>
            ))}
            <th scope="col" className="px-4 py-1.5">
              <span className="sr-only">Act</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id} className="border-b border-line bg-surface align-top">
              <td className="min-w-40 px-4 py-1.5 font-mono text-[0.93rem]">
                <HostileText text={entry.participantId} />
              </td>
              <td className="px-4 py-1.5 whitespace-nowrap">{entry.platform.name}</td>
              <td className="px-4 py-1.5 whitespace-nowrap">{WATCH_CATEGORY_WORDS[entry.category]}</td>
              <td className="min-w-56 px-4 py-1.5">
                <HostileText text={entry.reason} />
              </td>
              <td className="px-4 py-1.5 whitespace-nowrap">
                {entry.addedBy.name}
                <span className="block text-[0.857rem] text-muted">
                  <Time at={entry.addedAt} />
                </span>
              </td>
              <td className="px-4 py-1.5 whitespace-nowrap">
                {entry.until ? <Instant at={entry.until} /> : "No end"}
              </td>
              <td className="px-4 py-1.5 whitespace-nowrap">
                <Badge tone={entry.active ? "accent" : "plain"}>
                  {entry.active ? "Counts" : entry.ended ? "Ended" : "Run out"}
                </Badge>
                {entry.ended && (
                  <span className="block text-[0.857rem] text-muted">
                    {entry.ended.by.name}, <Time at={entry.ended.at} />
                  </span>
                )}
              </td>
              <td className="px-4 py-1.5">
                {entry.active && (
                  <Button small onClick={() => onEnd(entry)}>
                    End
                    <span className="sr-only"> the entry of {entry.participantId}</span>
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </SideScroll>
  );
}
