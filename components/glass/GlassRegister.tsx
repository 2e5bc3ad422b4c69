"use client";

import { ShieldCheck } from "lucide-react";
import { useQueryState } from "nuqs";
import { useEffect, useState } from "react";
import type { BreakGlassDto } from "../../contracts/breakGlass.ts";
import { useGlass } from "../access/queries.ts";
import { useSignedIn } from "../shell/me.tsx";
import { hearsNotices } from "../shell/rights.ts";
import { BlankState } from "../ui/BlankState.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { PagedList } from "../ui/PagedList.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { GlassEntry } from "./GlassEntry.tsx";
import { ReviewDialog } from "./ReviewDialog.tsx";

const SHOWN = [
  { value: "open", label: "Not reviewed" },
  { value: "all", label: "All" },
] as const;

/** Every time the glass was broken, what became of it, and who has taken note. */
export function GlassRegister() {
  const all = hearsNotices(useSignedIn());
  const [asked, setShown] = useQueryState("show");
  const open = asked === "open";
  const { query, entries } = useGlass(open);
  const [reviewing, setReviewing] = useState<BreakGlassDto | null>(null);
  useEffect(() => {
    document.title = "Break-glass register · Unseal";
  }, []);
  return (
    <div className="pb-8">
      <PageHead
        title="Break-glass register"
        actions={
          <ChoiceChips
            legend="Shown"
            hideLegend
            name="shown"
            choices={SHOWN}
            value={open ? "open" : "all"}
            onChoose={(value) => void setShown(value === "open" ? "open" : null)}
          />
        }
      >
        {all
          ? "Threads that were opened at once for a threat to life. Each is reviewed by an officer who did not break it."
          : "When you have broken the glass: who has taken note, and what the review found."}
      </PageHead>
      <PagedList
        query={query}
        empty={entries.length === 0}
        waiting="Reading the register"
        nothing={
          <BlankState
            Icon={ShieldCheck}
            title={
              open
                ? "Everything is reviewed"
                : all
                  ? "The glass has never been broken"
                  : "You have not broken the glass"
            }
          >
            {open ? "Nothing waits for a review." : "Should a life be in danger, the case itself offers it."}
          </BlankState>
        }
      >
        <ol aria-label="Register, newest first" className="grid gap-3 p-3 sm:p-4">
          {entries.map((entry) => (
            <li key={entry.id}>
              <GlassEntry entry={entry} onReview={() => setReviewing(entry)} />
            </li>
          ))}
        </ol>
      </PagedList>
      <ReviewDialog entry={reviewing} onClose={() => setReviewing(null)} />
    </div>
  );
}
