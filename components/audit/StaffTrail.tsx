"use client";

import { Download } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useShortcuts } from "../shell/useShortcuts.ts";
import { Badge } from "../ui/Badge.tsx";
import { buttonClass } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { auditKeys, fetchStaffTrail } from "./api.ts";
import { DayChart } from "./DayChart.tsx";
import { BackToLog } from "./EventPage.tsx";
import { ReadSummary } from "./ReadSummary.tsx";
import { reachWords } from "./reachWords.ts";
import { TrailEvents } from "./TrailEvents.tsx";
import { useTrail } from "./useTrail.ts";
import { useViewPages } from "./useViewPages.ts";
import { ViewsTable } from "./ViewsTable.tsx";
import { roleWords } from "./words.ts";

/** Everything about one staff member: their last thirty days, what they read, what they did and what was done to them. */
export function StaffTrail({ staffId }: { staffId: string }) {
  const router = useRouter();
  const { query, first, events, onMore } = useTrail(auditKeys.staff(staffId), (cursor, signal) =>
    fetchStaffTrail(staffId, cursor, { signal }),
  );
  const staff = first?.staff;
  const read = useViewPages(staffId, first);
  useShortcuts({ auditBack: () => router.push("/audit"), auditRefresh: () => void query.refetch() });
  useEffect(() => {
    document.title = `Audit of ${staff?.name ?? "a staff member"} · Unseal`;
  }, [staff?.name]);
  return (
    <div className="pb-8">
      <PageHead
        above={<BackToLog />}
        title={staff ? `${staff.name}: what they read and did` : "Staff member"}
        actions={
          staff && (
            <>
              <Badge>{roleWords(staff.roles)}</Badge>
              {staff.state === "disabled" && <Badge tone="warn">Disabled</Badge>}
            </>
          )
        }
      >
        {first && reachWords(first.reach)}
      </PageHead>
      {query.isPending && <Waiting label="Reading the trail" lines={10} />}
      {query.isError && !first && (
        <div className="p-4">
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {first && (
        <>
          <h2 className="heading px-4 pt-2 pb-1.5">The last thirty days (UTC)</h2>
          <DayChart days={first.days} name={staffId} />
          <div className="flex flex-wrap items-end justify-between gap-2 px-4 pt-5 pb-1.5">
            <h2 className="heading">What they read and why, newest first</h2>
            {first.reach.whole && (
              <a
                href={`/api/audit/staff/${staffId}/views/export`}
                download
                referrerPolicy="no-referrer"
                className={buttonClass("quiet", true)}
              >
                <Download aria-hidden className="size-4" />
                Every view as CSV
              </a>
            )}
          </div>
          <ReadSummary views={read.views} more={read.onMore !== undefined} />
          <ViewsTable
            views={read.views}
            of="staff"
            none="No thread was opened."
            onMore={read.onMore}
            busy={read.busy}
          />
          {read.error && (
            <div className="p-4">
              <Failed error={read.error} />
            </div>
          )}
          <h2 className="heading px-4 pt-5 pb-1.5">What they did and what was done to them, newest first</h2>
          <TrailEvents
            label="Events of the staff member, newest first"
            events={events}
            onMore={onMore}
            busy={query.isFetchingNextPage}
          />
        </>
      )}
    </div>
  );
}
