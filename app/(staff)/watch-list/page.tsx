import type { Metadata } from "next";
import { mayWatch } from "../../../components/shell/rights.ts";
import { WatchListBoard } from "../../../components/watchlist/WatchListBoard.tsx";
import { requireRight } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Watch list" };

export default async function WatchListPage() {
  await requireRight(mayWatch, "watch.listed", { route: "/watch-list" });
  return <WatchListBoard />;
}
