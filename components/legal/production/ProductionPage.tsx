"use client";

import { useQueryClient } from "@tanstack/react-query";
import { PackageX } from "lucide-react";
import Link from "next/link";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useCallback, useEffect } from "react";
import type { ProductionDetail } from "../../../contracts/legal/productions.ts";
import { statusOf } from "../../api/ApiError.ts";
import { Badge } from "../../ui/Badge.tsx";
import { BlankState } from "../../ui/BlankState.tsx";
import { buttonClass } from "../../ui/Button.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { Time } from "../../ui/Time.tsx";
import { Waiting } from "../../ui/Waiting.tsx";
import { productionKeys } from "./api.ts";
import { BuildPanel } from "./BuildPanel.tsx";
import { ComparePanel } from "./ComparePanel.tsx";
import { CustodyPanel } from "./CustodyPanel.tsx";
import { DeliveriesPanel } from "./DeliveriesPanel.tsx";
import { useProduction } from "./queries.ts";
import { PRODUCTION_WORDS } from "./words.ts";

/** One packet: how its build goes, what it holds beside what was asked for, and how it reaches whoever asked. */
export function ProductionPage({ requestId, productionId }: { requestId: string; productionId: string }) {
  const { data, error, refetch } = useProduction(productionId);
  useEffect(() => {
    if (data) document.title = `${data.name} · Unseal`;
  }, [data]);
  // A packet of another request is none of this one, whatever the address says.
  if (data && data.requestId === requestId) return <Production production={data} />;
  if (data || statusOf(error) === 404)
    return (
      <BlankState
        page
        Icon={PackageX}
        title="There is no such packet for you"
        actions={
          <Link href={`/lawful-requests/${requestId}`} prefetch={false} className={buttonClass()}>
            The request
          </Link>
        }
      >
        It does not exist, or its threads lie outside your regions.
      </BlankState>
    );
  if (!error) return <Waiting label="Reading the production" lines={10} />;
  return (
    <div className="mx-auto w-full max-w-xl p-4">
      <Failed error={error} onRetry={() => void refetch()} />
    </div>
  );
}

const TABS = ["build", "compare", "deliveries", "custody"] as const;
const TAB = parseAsStringLiteral(TABS);
const LABELS = {
  build: "Build",
  compare: "Compare and release",
  deliveries: "Deliveries",
  custody: "Custody",
} as const;

function Production({ production }: { production: ProductionDetail }) {
  const client = useQueryClient();
  const changed = useCallback(
    () => void client.invalidateQueries({ queryKey: productionKeys.all }),
    [client],
  );
  const [asked, setTab] = useQueryState("tab", TAB.withOptions({ history: "push" }));
  const tab =
    asked ??
    (production.state === "released"
      ? "deliveries"
      : production.state === "built" && production.rights.compare
        ? "compare"
        : "build");
  const { name, tone } = PRODUCTION_WORDS[production.state];
  return (
    <div className="pb-8">
      <PageHead
        title={
          <span className="inline-flex flex-wrap items-center gap-2">
            {production.name}
            <Badge tone={tone}>{name}</Badge>
          </span>
        }
        above={
          <>
            <Link href="/lawful-requests" prefetch={false}>
              Lawful requests
            </Link>
            {" / "}
            <Link href={`/lawful-requests/${production.requestId}`} prefetch={false}>
              LR-{String(production.requestNumber).padStart(6, "0")}
            </Link>
          </>
        }
      >
        Volume {production.volume} ·{" "}
        <Link
          href={`/lawful-requests/${production.requestId}/collections/${production.collectionId}`}
          prefetch={false}
          className="underline"
        >
          what was collected
        </Link>{" "}
        · asked for by {production.askedBy.name} <Time at={production.askedAt} />
        {production.releasedBy && production.releasedAt && (
          <>
            {" "}
            · released by {production.releasedBy.name} <Time at={production.releasedAt} />
          </>
        )}
      </PageHead>
      <Tabs
        label="Production"
        tabs={TABS.map((value) => ({ value, label: LABELS[value] }))}
        value={tab}
        onChoose={(value) => void setTab(value)}
      >
        {tab === "build" && <BuildPanel production={production} onChanged={changed} />}
        {tab === "compare" && <ComparePanel production={production} onChanged={changed} />}
        {tab === "deliveries" && <DeliveriesPanel production={production} onChanged={changed} />}
        {tab === "custody" && <CustodyPanel production={production} />}
      </Tabs>
    </div>
  );
}
