"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CalendarClock, Siren, UsersRound } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { NoticeDto } from "../../contracts/breakGlass.ts";
import { errorWords } from "../api/ApiError.ts";
import { asking, keys } from "../api/queries.ts";
import { mayHandleRequests } from "../legal/rights.ts";
import { useSignedIn } from "../shell/me.tsx";
import { hearsNotices } from "../shell/rights.ts";
import { useToasts } from "../shell/toasts.tsx";
import { Button } from "../ui/Button.tsx";
import { Time } from "../ui/Time.tsx";
import { acknowledge, fetchNotices } from "./api.ts";
import { noticeWords } from "./noticeWords.ts";

const SHOWN = 3;

/** What this person must take note of, on every page until they have. Draws nothing while there is nothing. */
export function Notices() {
  const me = useSignedIn();
  const { data } = useQuery({
    queryKey: keys.notices,
    queryFn: (context) => fetchNotices(asking(context)),
    enabled: hearsNotices(me) || mayHandleRequests(me),
    refetchInterval: 60_000,
  });
  const notices = data?.notices ?? [];
  const more = (data?.waiting ?? 0) - Math.min(SHOWN, notices.length);
  return (
    <div role="alert">
      {notices.length > 0 && (
        <section
          aria-label="To take note of"
          className="grid gap-1.5 border-b-2 border-danger bg-danger-soft px-4 py-2"
        >
          {notices.slice(0, SHOWN).map((notice) => (
            <NoticeLine key={notice.id} notice={notice} />
          ))}
          {more > 0 && (
            <p className="text-danger">
              {more.toLocaleString("en-GB")} more {more === 1 ? "waits" : "wait"} behind these.
            </p>
          )}
        </section>
      )}
    </div>
  );
}

function iconOf({ kind, lawfulRequest }: NoticeDto) {
  if (lawfulRequest) return CalendarClock;
  return kind === "reciprocal_approval" ? UsersRound : Siren;
}

function NoticeLine({ notice }: { notice: NoticeDto }) {
  const client = useQueryClient();
  const { show } = useToasts();
  const [busy, setBusy] = useState(false);
  const { says, href, link } = noticeWords(notice);
  const Icon = iconOf(notice);
  const take = async (): Promise<void> => {
    setBusy(true);
    try {
      await acknowledge(notice.id);
    } catch (error) {
      const { title, detail } = errorWords(error);
      show({ id: "notice-refused", tone: "danger", title, detail });
    } finally {
      setBusy(false);
      await Promise.all([keys.notices, keys.glass].map((queryKey) => client.invalidateQueries({ queryKey })));
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-danger">
      <Icon aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0">
        <strong>{says}</strong> <Time at={notice.at} />
      </p>
      {href && (
        <Link href={href} prefetch={false} className="text-danger underline">
          {link}
        </Link>
      )}
      <Button small className="ml-auto" busy={busy} onClick={() => void take()}>
        Acknowledge
        <span className="sr-only">: {says}</span>
      </Button>
    </div>
  );
}
