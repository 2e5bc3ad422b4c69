import type { Metadata } from "next";
import { AgencyBoard } from "../../../components/legal/agencies/AgencyBoard.tsx";
import { maySeeRequests } from "../../../components/legal/rights.ts";
import { requireRight } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Agencies" };

export default async function AgenciesPage() {
  await requireRight(maySeeRequests, "legal.agencies_read", { route: "/agencies" });
  return <AgencyBoard />;
}
