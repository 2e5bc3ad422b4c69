"use client";

import { ShieldCheck } from "lucide-react";
import { useQueryState } from "nuqs";
import { useEffect, useState } from "react";
import type { BreakGlassDto } from "../../contracts/breakGlass.ts";
import { useGlass } from "../access/queries.ts";
import { useSignedIn } from "../shell/me.tsx";
import { hearsNotices } from "../shell/rights.ts";
import { BlankState } from "../ui/BlankState.tsx";
import { Button } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Failed } from "../ui/Failed.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { Waiting } from "../ui/Waiting.tsx";
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
      {query.isPending && <Waiting label="Reading the register" lines={8} />}
      {query.isError && entries.length === 0 && (
        <div className="p-4">
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.isSuccess && entries.length === 0 && (
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
      )}
      {entries.length > 0 && (
        <ol aria-label="Register, newest first" className="grid gap-3 p-3 sm:p-4">
          {entries.map((entry) => (
            <li key={entry.id}>
              <GlassEntry entry={entry} onReview={() => setReviewing(entry)} />
            </li>
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <p className="px-4">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </p>
      )}
      <ReviewDialog entry={reviewing} onClose={() => setReviewing(null)} />
    </div>
  );
}
