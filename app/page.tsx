import { redirect } from "next/navigation";
import { maySeeQueues } from "../components/shell/rights.ts";
import { requireStaff } from "../server/http/pageActor.ts";

export const dynamic = "force-dynamic";

/** Leads each role to where their work is. */
export default async function Home() {
  const { me } = await requireStaff();
  const officer = me.roles.includes("compliance_officer");
  redirect(maySeeQueues(me) && !officer ? "/queues" : "/audit");
}
