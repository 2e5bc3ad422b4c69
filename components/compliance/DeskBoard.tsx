"use client";

import { useQuery } from "@tanstack/react-query";
import type { Desk } from "../../contracts/desk.ts";
import { desk } from "../../contracts/desk.ts";
import { asking } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { Failed } from "../ui/Failed.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { cardsOf } from "./cards.ts";
import { DeskCard } from "./DeskCard.tsx";
import { RefusedChart } from "./RefusedChart.tsx";

const KEY = ["desk"] as const;

/** What waits for officers: a card for each part of their work, and what was refused in the last day. */
export function DeskBoard() {
  const query = useQuery({
    queryKey: KEY,
    queryFn: (context) => request("/api/compliance", { answer: desk, ...asking(context) }),
    refetchInterval: 30_000,
  });
  const data: Desk | undefined = query.data;
  return (
    <div className="mx-auto w-full max-w-6xl pb-8">
      <PageHead title="Compliance desk">
        What waits for you. Signals and reviews about yourself are other officers’ work and not counted here.
      </PageHead>
      {query.isPending && <Waiting label="Counting what waits" lines={8} />}
      {query.isError && !data && (
        <div className="p-4">
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {data && (
        <>
          <ul className="grid gap-3 px-4 sm:grid-cols-2 lg:grid-cols-4">
            {cardsOf(data).map((card) => (
              <DeskCard key={card.title} card={card} />
            ))}
          </ul>
          <RefusedChart refused={data.refused} />
        </>
      )}
    </div>
  );
}
