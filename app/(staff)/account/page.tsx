import type { Metadata } from "next";
import { AccountPage } from "../../../components/account/AccountPage.tsx";
import { requireStaff } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Your account" };

export default async function OwnAccountPage() {
  await requireStaff();
  return <AccountPage />;
}
