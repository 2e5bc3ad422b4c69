"use client";

import { FileCheck2, FileSearch } from "lucide-react";
import { parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect, useRef } from "react";
import { usePages } from "../api/queries.ts";
import { useShortcuts } from "../shell/useShortcuts.ts";
import { BlankState } from "../ui/BlankState.tsx";
import { Button } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Failed } from "../ui/Failed.tsx";
import { moveAmong } from "../ui/moveAmong.ts";
import { PageHead } from "../ui/PageHead.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { counted } from "../words.ts";
import { fetchRegister, type RegisterFilter, reportKeys } from "./api.ts";
import { FiguresPanel } from "./FiguresPanel.tsx";
import { RegisterRow } from "./RegisterRow.tsx";
import { ServiceNotice } from "./ServiceNotice.tsx";

const WHICH = ["open", "waiting", "stuck", "overdue", "mine", "filed", "withdrawn", "all"] as const;
type Which = (typeof WHICH)[number];
const FILTERS: Record<Which, RegisterFilter> = {
  open: { state: "open" },
  waiting: { state: "waiting" },
  stuck: { state: "stuck" },
  overdue: { overdue: "true" },
  mine: { mine: "true" },
  filed: { state: "filed" },
  withdrawn: { state: "withdrawn" },
  all: {},
};
const NAMES: Record<Which, string> = {
  open: "Not yet filed",
  waiting: "To approve",
  stuck: "Need a person",
  overdue: "Late",
  mine: "Written by me",
  filed: "Filed",
  withdrawn: "Withdrawn",
  all: "All",
};
const ADDRESS = {
  tab: parseAsStringLiteral(["reports", "figures"]).withDefault("reports"),
  which: parseAsStringLiteral(WHICH).withDefault("open"),
};
const TABS = [
  { value: "reports", label: "Reports" },
  { value: "figures", label: "Figures" },
] as const;

/** The register of CyberTip reports: how each stands, how old it is, who has it, what comes next. No word of any. */
export function RegisterBoard() {
  const [{ tab, which }, setAddress] = useQueryStates(ADDRESS, { history: "push" });
  const query = usePages(
    reportKeys.list(FILTERS[which]),
    (cursor, asked) => fetchRegister(FILTERS[which], cursor, asked),
    { refetchInterval: 30_000, enabled: tab === "reports" },
  );
  const reports = query.data?.pages.flatMap((page) => page.reports) ?? [];
  const first = query.data?.pages[0];
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    document.title = "CyberTips · Unseal";
  }, []);
  useShortcuts({
    deskDown: () => moveAmong(list.current, 1),
    deskUp: () => moveAmong(list.current, -1),
    deskRefresh: () => void query.refetch(),
  });
  return (
    <div className="pb-8">
      <PageHead title="CyberTip reports">
        {first && (
          <>
            {counted(first.counts.open, "report")} not yet filed, {first.counts.overdue} of them late.{" "}
          </>
        )}
        Nothing of what a report says is on this page.
      </PageHead>
      {first && <ServiceNotice service={first.service} />}
      <Tabs label="Register" tabs={TABS} value={tab} onChoose={(value) => void setAddress({ tab: value })}>
        {tab === "figures" ? (
          <FiguresPanel />
        ) : (
          <>
            <div className="px-4 py-3">
              <ChoiceChips
                legend="Which reports"
                hideLegend
                name="which"
                choices={WHICH.map((value) => ({
                  value,
                  label: `${NAMES[value]}${first ? countOf(first.counts, value) : ""}`,
                }))}
                value={which}
                onChoose={(chosen) => void setAddress({ which: chosen })}
              />
            </div>
            {query.isPending && <Waiting label="Reading the register" lines={8} />}
            {query.isError && reports.length === 0 && (
              <div className="p-4">
                <Failed error={query.error} onRetry={() => void query.refetch()} />
              </div>
            )}
            {query.isSuccess && reports.length === 0 && (
              <Nothing which={which} mayWrite={first?.mayWrite ?? false} />
            )}
            {reports.length > 0 && (
              <ol ref={list} aria-label={`${NAMES[which]}, newest first`} className="border-t border-line">
                {reports.map((report) => (
                  <li key={report.id}>
                    <RegisterRow report={report} />
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
          </>
        )}
      </Tabs>
    </div>
  );
}

function countOf(counts: Readonly<Record<string, number>>, which: Which): string {
  const count = counts[which];
  return count ? ` (${count.toLocaleString("en-GB")})` : "";
}

function Nothing({ which, mayWrite }: { which: Which; mayWrite: boolean }) {
  if (which === "filed" || which === "withdrawn" || which === "all")
    return (
      <BlankState Icon={FileCheck2} title="No report is here yet">
        What was filed or withdrawn stays here for good.
      </BlankState>
    );
  return (
    <BlankState Icon={FileSearch} title="No report waits here">
      {mayWrite
        ? "A report is started on the page of its case: “Report to NCMEC”."
        : "Specialists with the clearance write reports, on the page of a case."}
    </BlankState>
  );
}
