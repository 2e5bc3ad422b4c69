import type { Metadata } from "next";
import { NewRequestPage } from "../../../../components/legal/new/NewRequestPage.tsx";
import { mayHandleRequests } from "../../../../components/legal/rights.ts";
import { requireRight } from "../../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "New lawful request" };

export default async function NewLawfulRequestPage() {
  await requireRight(mayHandleRequests, "legal.registered", { route: "/lawful-requests/new" });
  return <NewRequestPage />;
}
