"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Snowflake } from "lucide-react";
import { parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect, useState } from "react";
import { HOLDS_AND_LOG } from "../../../domain/legal/holdWords.ts";
import { usePages } from "../../api/queries.ts";
import { useCommands } from "../../shell/commands.tsx";
import { useDeskList } from "../../shell/useDeskList.ts";
import { BlankState } from "../../ui/BlankState.tsx";
import { ChoiceChips } from "../../ui/ChoiceChips.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { PagedList } from "../../ui/PagedList.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { counted } from "../../words.ts";
import { legalKeys } from "../api.ts";
import { fetchHolds, type HoldFilter, holdKeys } from "./api.ts";
import { ERASURES, ErasureList } from "./ErasureList.tsx";
import { HoldCard } from "./HoldCard.tsx";
import { HoldDetailDialog } from "./HoldDetailDialog.tsx";

const WHICH = ["live", "due", "lapsed", "released", "all"] as const;
type Which = (typeof WHICH)[number];
const HOLD_FILTERS: Record<Which, HoldFilter> = {
  live: { state: "live" },
  due: { due: 30 },
  lapsed: { state: "lapsed" },
  released: { state: "released" },
  all: {},
};
const HOLD_NAMES: Record<Which, string> = {
  live: "Holding",
  due: "Ends within 30 days",
  lapsed: "Lapsed",
  released: "Released",
  all: "All",
};
const ADDRESS = {
  tab: parseAsStringLiteral(["holds", "erasures"]).withDefault("holds"),
  holds: parseAsStringLiteral(WHICH).withDefault("live"),
  erasures: parseAsStringLiteral(ERASURES).withDefault("open"),
};
const TABS = [
  { value: "holds", label: "Holds" },
  { value: "erasures", label: "Erasure requests" },
] as const;

/** What must be kept, what people want erased, and where the two meet. */
export function HoldsBoard() {
  const [{ tab, holds, erasures }, setAddress] = useQueryStates(ADDRESS, { history: "push" });
  useEffect(() => {
    document.title = "Holds · Unseal";
  }, []);
  const group = "Holds";
  useCommands([
    {
      id: "holds-due",
      group,
      label: "Show holds that end soon",
      run: () => void setAddress({ tab: "holds", holds: "due" }),
    },
    {
      id: "holds-erasures",
      group,
      label: "Show erasure requests",
      run: () => void setAddress({ tab: "erasures" }),
    },
  ]);
  return (
    <div className="pb-8">
      <PageHead title="Holds and erasures">
        A hold goes before an erasure: what must be kept is erased by itself once nothing keeps it.
      </PageHead>
      <Tabs
        label="Holds and erasures"
        tabs={TABS}
        value={tab}
        onChoose={(value) => void setAddress({ tab: value })}
      >
        {tab === "holds" ? (
          <Holds which={holds} onWhich={(value) => void setAddress({ holds: value })} />
        ) : (
          <ErasureList which={erasures} onWhich={(value) => void setAddress({ erasures: value })} />
        )}
      </Tabs>
    </div>
  );
}

function Holds({ which, onWhich }: { which: Which; onWhich: (which: Which) => void }) {
  const client = useQueryClient();
  const filter = HOLD_FILTERS[which];
  const query = usePages(holdKeys.list(filter), (cursor, asked) => fetchHolds(filter, cursor, asked), {
    refetchInterval: 60_000,
  });
  const [shown, setShown] = useState<string | null>(null);
  const list = useDeskList(() => void query.refetch());
  const rows = query.data?.pages.flatMap((page) => page.holds) ?? [];
  const counts = query.data?.pages[0]?.counts;
  const changed = (): void => void client.invalidateQueries({ queryKey: legalKeys.all });
  const countOf: Partial<Record<Which, number>> = counts ? { live: counts.live, due: counts.due30 } : {};
  return (
    <>
      <div className="grid gap-2 px-4 py-3">
        <ChoiceChips
          legend="Which holds"
          hideLegend
          name="which-holds"
          choices={WHICH.map((value) => ({
            value,
            label: `${HOLD_NAMES[value]}${countOf[value] ? ` (${countOf[value].toLocaleString("en-GB")})` : ""}`,
          }))}
          value={which}
          onChoose={onWhich}
        />
        {counts && counts.due1 + counts.reviewDue + counts.releaseAsked > 0 && (
          <Notice tone="warn" title="Holds wait for somebody">
            {[
              counts.due1 > 0 && `${counted(counts.due1, "hold")} within a day of its end`,
              counts.due7 > counts.due1 &&
                `${counted(counts.due7 - counts.due1, "more", "more")} within a week`,
              counts.reviewDue > 0 && `${counted(counts.reviewDue, "hold")} to be looked at again`,
              counts.releaseAsked > 0 &&
                `${counted(counts.releaseAsked, "release")} to be confirmed by another counsel`,
            ]
              .filter(Boolean)
              .join("; ")}
            .
          </Notice>
        )}
        <p className="text-muted">{HOLDS_AND_LOG}</p>
      </div>
      <PagedList
        query={query}
        empty={rows.length === 0}
        waiting="Reading the holds"
        nothing={
          <BlankState Icon={Snowflake} title="No hold is here">
            A hold is made on the page of a lawful request: “Freeze its accounts”.
          </BlankState>
        }
      >
        <ol
          ref={list}
          aria-label={`${HOLD_NAMES[which]}, those that end first come first`}
          className="grid gap-3 px-4"
        >
          {rows.map((hold) => (
            <li key={hold.id}>
              <HoldCard hold={hold} zone="UTC" apart onChanged={changed} onDetail={() => setShown(hold.id)} />
            </li>
          ))}
        </ol>
      </PagedList>
      <HoldDetailDialog holdId={shown} onClose={() => setShown(null)} />
    </>
  );
}
