"use client";

import { useQueryClient } from "@tanstack/react-query";
import { FileX2, Undo2 } from "lucide-react";
import Link from "next/link";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useCallback, useEffect, useState } from "react";
import type { CollectionDetail } from "../../../contracts/legal/collections.ts";
import { DENIALS, isDenialCode } from "../../../domain/denials.ts";
import { statusOf } from "../../api/ApiError.ts";
import { keyOf } from "../../shell/shortcuts.ts";
import { useShortcuts } from "../../shell/useShortcuts.ts";
import { Badge } from "../../ui/Badge.tsx";
import { BlankState } from "../../ui/BlankState.tsx";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { Instant, Time } from "../../ui/Time.tsx";
import { Waiting } from "../../ui/Waiting.tsx";
import { counted } from "../../words.ts";
import { ReasonDialog } from "../ReasonDialog.tsx";
import { collectionKeys, reopenCollection } from "./api.ts";
import { DecisionsPanel } from "./DecisionsPanel.tsx";
import { HandInDialog } from "./HandInDialog.tsx";
import { QueryPanel } from "./QueryPanel.tsx";
import { useCollection } from "./queries.ts";
import { ReviewDesk } from "./ReviewDesk.tsx";
import { COLLECTION_WORDS } from "./words.ts";

/** What was collected for a request: its review, what was decided, and how it was collected. */
export function CollectionPage({ requestId, collectionId }: { requestId: string; collectionId: string }) {
  const { data, error, refetch } = useCollection(collectionId);
  useEffect(() => {
    if (data) document.title = `Collection ${data.n} · Unseal`;
  }, [data]);
  // A collection of another request is none of this one, whatever the address says.
  if (data && data.requestId === requestId) return <Collection collection={data} />;
  if (data || statusOf(error) === 404)
    return (
      <BlankState
        page
        Icon={FileX2}
        title="There is no such collection for you"
        actions={
          <Link href={`/lawful-requests/${requestId}`} prefetch={false} className={buttonClass()}>
            The request
          </Link>
        }
      >
        It does not exist, or its threads lie outside your regions.
      </BlankState>
    );
  if (!error) return <Waiting label="Reading the collection" lines={10} />;
  return (
    <div className="mx-auto w-full max-w-xl p-4">
      <Failed error={error} onRetry={() => void refetch()} />
    </div>
  );
}

const TABS = ["review", "decisions", "query"] as const;
const TAB = parseAsStringLiteral(TABS);
const LABELS = { review: "Review", decisions: "Decisions", query: "How it was collected" } as const;

function Collection({ collection }: { collection: CollectionDetail }) {
  const client = useQueryClient();
  const changed = useCallback(
    () => void client.invalidateQueries({ queryKey: collectionKeys.all }),
    [client],
  );
  const [asked, setTab] = useQueryState("tab", TAB.withOptions({ history: "push" }));
  const tab = asked ?? (collection.rights.review ? "review" : "query");
  const [asking, setAsking] = useState<"hand-in" | "reopen" | null>(null);
  const { name, tone } = COLLECTION_WORDS[collection.state];
  const { rights, barredBy } = collection;
  useShortcuts({ reviewHandIn: rights.handIn ? () => setAsking("hand-in") : undefined });
  return (
    <div className="flex grow flex-col pb-4">
      <PageHead
        title={
          <span className="inline-flex flex-wrap items-center gap-2">
            Collection {collection.n}
            <Badge tone={tone}>{name}</Badge>
            {collection.round > 1 && <Badge>Round {collection.round}</Badge>}
          </span>
        }
        above={
          <>
            <Link href="/lawful-requests" prefetch={false}>
              Lawful requests
            </Link>
            {" / "}
            <Link href={`/lawful-requests/${collection.requestId}`} prefetch={false}>
              LR-{String(collection.requestNumber).padStart(6, "0")}
            </Link>
          </>
        }
        actions={
          <>
            {rights.reopen && (
              <Button onClick={() => setAsking("reopen")}>
                <Undo2 aria-hidden className="size-4" />
                Review it again
              </Button>
            )}
            {rights.handIn && (
              <Button look="primary" keys={keyOf("reviewHandIn")} onClick={() => setAsking("hand-in")}>
                Hand in
              </Button>
            )}
          </>
        }
      >
        {counted(collection.messages, "message")} in {counted(collection.threads, "thread")} · cut off{" "}
        <Instant at={collection.cutOff} /> · collected by {collection.collectedBy.name}{" "}
        <Time at={collection.collectedAt} />
        {collection.handedInBy && collection.handedInAt && (
          <>
            {" "}
            · handed in by {collection.handedInBy.name} <Time at={collection.handedInAt} />
          </>
        )}
      </PageHead>
      {barredBy !== null && isDenialCode(barredBy) && (
        <div className="px-4 pb-3">
          <Notice tone="warn" title={DENIALS[barredBy].title}>
            {DENIALS[barredBy].detail}
          </Notice>
        </div>
      )}
      <Tabs
        label="Collection"
        tabs={TABS.map((value) => ({ value, label: LABELS[value] }))}
        value={tab}
        onChoose={(value) => void setTab(value)}
      >
        {tab === "review" && <ReviewDesk collection={collection} onChanged={changed} />}
        {tab === "decisions" && <DecisionsPanel collection={collection} onChanged={changed} />}
        {tab === "query" && <QueryPanel collection={collection} />}
      </Tabs>
      <HandInDialog
        collection={collection}
        open={asking === "hand-in"}
        onClose={() => setAsking(null)}
        onChanged={changed}
      />
      <ReasonDialog
        open={asking === "reopen"}
        onClose={() => setAsking(null)}
        title={`Review collection ${collection.n} again`}
        submit="Open another round"
        help="It stands in the custody record."
        act={async (reason) => {
          await reopenCollection(collection.id, reason);
          changed();
        }}
      >
        A packet that is being built from it, or waits for release, is discarded. What was released stays
        released; what changes goes into another volume.
      </ReasonDialog>
    </div>
  );
}
