import type { Metadata } from "next";
import { HoldsBoard } from "../../../components/legal/holds/HoldsBoard.tsx";
import { maySeeRequests } from "../../../components/legal/rights.ts";
import { requireRight } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Holds" };

export default async function HoldsPage() {
  await requireRight(maySeeRequests, "legal.holds_listed", { route: "/holds" });
  return <HoldsBoard />;
}
