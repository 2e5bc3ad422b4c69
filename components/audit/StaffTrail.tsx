"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useShortcuts } from "../shell/useShortcuts.ts";
import { Badge } from "../ui/Badge.tsx";
import { Failed } from "../ui/Failed.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { auditKeys, fetchStaffTrail } from "./api.ts";
import { DayChart } from "./DayChart.tsx";
import { BackToLog } from "./EventPage.tsx";
import { reachWords } from "./reachWords.ts";
import { TrailEvents } from "./TrailEvents.tsx";
import { useTrail } from "./useTrail.ts";
import { ViewsTable } from "./ViewsTable.tsx";
import { roleWords } from "./words.ts";

/** Everything about one staff member: their last thirty days, what they read, what they did and what was done to them. */
export function StaffTrail({ staffId }: { staffId: string }) {
  const router = useRouter();
  const { query, first, events, onMore } = useTrail(auditKeys.staff(staffId), (cursor, signal) =>
    fetchStaffTrail(staffId, cursor, { signal }),
  );
  const staff = first?.staff;
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
          <h2 className="heading px-4 pt-5 pb-1.5">Threads they opened, newest first</h2>
          <ViewsTable views={first.views} capped={first.viewsCapped} of="staff" />
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
