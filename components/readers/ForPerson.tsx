"use client";

import { useMutation } from "@tanstack/react-query";
import { FileText, Printer } from "lucide-react";
import Link from "next/link";
import { useEffect, useId, useState } from "react";
import { fetchForPerson } from "../audit/api.ts";
import { Button } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Notice } from "../ui/Notice.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { knownZones, ownZone } from "./localTime.ts";
import { PersonDocument } from "./PersonDocument.tsx";

/** Draws up who read a thread for one of its participants, to be printed and handed over. */
export function ForPerson({ threadId }: { threadId: string }) {
  const ids = { zone: useId(), reasons: useId() };
  const [zones, setZones] = useState<string[]>(["UTC"]);
  const [zone, setZone] = useState("UTC");
  const [withReasons, setWithReasons] = useState(false);
  const document_ = useMutation({ mutationFn: () => fetchForPerson(threadId, withReasons), gcTime: 0 });
  useEffect(() => {
    // The server does not know the reader's zone: both are set once the page is here.
    setZones(knownZones());
    setZone(ownZone());
    document.title = "Who read this thread, for the person concerned · Unseal";
  }, []);
  return (
    <div className="pb-8 print:pb-0">
      <div className="print:hidden">
        <PageHead
          above={
            <Link href={`/threads/${threadId}/readers`} prefetch={false}>
              Who read this thread
            </Link>
          }
          title="For the person concerned"
          actions={
            document_.data && (
              <Button onClick={() => window.print()}>
                <Printer aria-hidden className="size-4" />
                Print
              </Button>
            )
          }
        >
          A document in plain words that can be handed to a participant. Staff are letters and roles in it.
        </PageHead>
        <form
          className="mx-4 grid max-w-2xl gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            document_.mutate();
          }}
        >
          <div className="max-w-xs">
            <label htmlFor={ids.zone} className="mb-1 block font-medium">
              Local times, beside UTC
            </label>
            <select
              id={ids.zone}
              className="field"
              value={zone}
              onChange={(event) => setZone(event.target.value)}
            >
              {(zones.includes(zone) ? zones : [zone, ...zones]).map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </div>
          <label htmlFor={ids.reasons} className="flex items-start gap-2">
            <input
              id={ids.reasons}
              type="checkbox"
              className="mt-0.5 size-4 shrink-0"
              checked={withReasons}
              onChange={(event) => setWithReasons(event.target.checked)}
            />
            <span>
              Include what staff wrote as their reason. Names of staff and addresses are taken out where they
              are written in full; read every reason before you hand the document over.
            </span>
          </label>
          <Notice title="Drawing it up is recorded as an export">
            It is in the log before the document is made: who, of which thread, and whether with reasons.
          </Notice>
          <div>
            <Button type="submit" look="primary" busy={document_.isPending}>
              <FileText aria-hidden className="size-4" />
              {document_.data ? "Draw it up anew" : "Draw it up"}
            </Button>
          </div>
        </form>
        {document_.isError && (
          <div className="p-4">
            <Failed error={document_.error} />
          </div>
        )}
      </div>
      {document_.data && <PersonDocument made={document_.data} zone={zone} />}
    </div>
  );
}
