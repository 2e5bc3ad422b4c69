"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useShortcuts } from "../shell/useShortcuts.ts";
import { PageHead } from "../ui/PageHead.tsx";
import { LoadedRecord } from "./EventDialog.tsx";

/** The full record as a page of its own, to be sent on by its address. */
export function EventPage({ eventId }: { eventId: string }) {
  const router = useRouter();
  useShortcuts({ auditBack: () => router.push("/audit") });
  return (
    <div className="mx-auto w-full max-w-4xl pb-8">
      <PageHead above={<BackToLog />} title="Full record" />
      <div className="panel mx-4 max-sm:mx-0">
        <LoadedRecord eventId={eventId} />
      </div>
    </div>
  );
}

/** The way back from a trail or a record. */
export function BackToLog() {
  return (
    <Link href="/audit" prefetch={false}>
      Audit log
    </Link>
  );
}
