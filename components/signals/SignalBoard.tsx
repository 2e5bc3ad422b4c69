"use client";

import { Radar, ShieldCheck } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect } from "react";
import { isId } from "../../contracts/isId.ts";
import type { SignalsState } from "../../contracts/signals.ts";
import { usePages } from "../api/queries.ts";
import { useDeskList } from "../shell/useDeskList.ts";
import { BlankState } from "../ui/BlankState.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { PagedList } from "../ui/PagedList.tsx";
import { PageHead } from "../ui/PageHead.tsx";
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
  const [{ state, signal }, setAddress] = useQueryStates(ADDRESS, { history: "push" });
  const query = usePages(signalKeys.list(state), (cursor, asked) => fetchSignals(state, cursor, asked), {
    refetchInterval: 60_000,
  });
  const signals = query.data?.pages.flatMap((page) => page.signals) ?? [];
  const counts = query.data?.pages[0]?.counts;
  useEffect(() => {
    document.title = "Signals · Unseal";
  }, []);
  const list = useDeskList(() => void query.refetch());
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
      <PagedList
        query={query}
        empty={signals.length === 0}
        waiting="Reading the signals"
        nothing={<Nothing state={state} />}
      >
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
      </PagedList>
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
