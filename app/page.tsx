import { redirect } from "next/navigation";
import { startOf } from "../components/shell/places.ts";
import { requireStaff } from "../server/http/pageActor.ts";

export const dynamic = "force-dynamic";

/** Leads each role to where their work is. */
export default async function Home() {
  const { me } = await requireStaff();
  redirect(startOf(me));
}
