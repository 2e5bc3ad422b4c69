import type { Metadata } from "next";
import { PolicyBoard } from "../../../components/policy/PolicyBoard.tsx";
import { requireStaff } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Access policy" };

export default async function AccessPolicyPage() {
  await requireStaff();
  return <PolicyBoard />;
}
