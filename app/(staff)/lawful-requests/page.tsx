import type { Metadata } from "next";
import { RegisterBoard } from "../../../components/legal/register/RegisterBoard.tsx";
import { maySeeRequests } from "../../../components/legal/rights.ts";
import { requireRight } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Lawful requests" };

export default async function LawfulRequestsPage() {
  await requireRight(maySeeRequests, "legal.listed", { route: "/lawful-requests" });
  return <RegisterBoard />;
}
