"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Radar, ShieldCheck } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect, useRef } from "react";
import { isId } from "../../contracts/isId.ts";
import type { SignalsState } from "../../contracts/signals.ts";
import { isRefetch } from "../api/queries.ts";
import { useShortcuts } from "../shell/useShortcuts.ts";
import { BlankState } from "../ui/BlankState.tsx";
import { Button } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Failed } from "../ui/Failed.tsx";
import { moveAmong } from "../ui/moveAmong.ts";
import { PageHead } from "../ui/PageHead.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { counted } from "../words.ts";
import { fetchSignals, signalKeys } from "./api.ts";
import { SignalDialog } from "./SignalDialog.tsx";
import { SignalItem } from "./SignalItem.tsx";

const STATES = ["open", "resolved"] as const;
const ADDRESS = {
  state: parseAsStringLiteral(STATES).withDefault("open"),
  signal: parseAsString,
};
const CHOICES = [
  { value: "open", label: "Open" },
  { value: "resolved", label: "Concluded" },
] as const;

/** Signals of misuse: what the numbers say about whom, who works on it, and by when. */
export function SignalBoard() {
  const client = useQueryClient();
  const [{ state, signal }, setAddress] = useQueryStates(ADDRESS, { history: "push" });
  const query = useInfiniteQuery({
    queryKey: signalKeys.list(state),
    queryFn: ({ pageParam, signal: aborted }) =>
      fetchSignals(state, pageParam, {
        background: isRefetch(client, signalKeys.list(state)),
        signal: aborted,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 60_000,
  });
  const signals = query.data?.pages.flatMap((page) => page.signals) ?? [];
  const counts = query.data?.pages[0]?.counts;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    document.title = "Signals · Unseal";
  }, []);
  useShortcuts({
    deskDown: () => moveAmong(list.current, 1),
    deskUp: () => moveAmong(list.current, -1),
    deskRefresh: () => void query.refetch(),
  });
  return (
    <div className="pb-8">
      <PageHead title="Signals of misuse">
        {counts
          ? `${counted(counts.open, "open signal")}, ${counts.mine} yours, ${counts.overdue} past due, ${counts.escalated} escalated. `
          : ""}
        Worked out from the log; none about yourself is here. That you open one is in the log, too.
      </PageHead>
      <div className="px-4 pb-3">
        <ChoiceChips
          legend="Which signals"
          hideLegend
          name="state"
          choices={CHOICES}
          value={state}
          onChoose={(next: SignalsState) => void setAddress({ state: next })}
        />
      </div>
      {query.isPending && <Waiting label="Reading the signals" lines={8} />}
      {query.isError && signals.length === 0 && (
        <div className="p-4">
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.isSuccess && signals.length === 0 && <Nothing state={state} />}
      {signals.length > 0 && (
        <ol
          ref={list}
          aria-label={
            state === "open" ? "Open signals, the first due first" : "Concluded signals, newest first"
          }
          className="border-t border-line"
        >
          {signals.map((one) => (
            <li key={one.id}>
              <SignalItem signal={one} onOpen={() => void setAddress({ signal: one.id })} />
            </li>
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <div className="p-3">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Read more
          </Button>
        </div>
      )}
      <SignalDialog
        signalId={signal !== null && isId(signal) ? signal : null}
        onClose={() => void setAddress({ signal: null })}
      />
    </div>
  );
}

function Nothing({ state }: { state: SignalsState }) {
  if (state === "resolved")
    return (
      <BlankState Icon={ShieldCheck} title="No signal has been concluded yet">
        What was found about a signal, and by whom, is kept here for good.
      </BlankState>
    );
  return (
    <BlankState Icon={Radar} title="Nothing stands out">
      Every ten minutes the log is held against what is usual: how much each person opens and when, which
      accounts, with what outcome. Whatever is far from it appears here, with the numbers.
    </BlankState>
  );
}
