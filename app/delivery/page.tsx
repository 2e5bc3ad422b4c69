import type { Metadata } from "next";
import { DeliveryPage } from "../../components/delivery/DeliveryPage.tsx";

/** Says nothing of what is delivered, nor to whom: not even whether there is anything. */
export const metadata: Metadata = { title: "Delivery" };
export const dynamic = "force-dynamic";

/** For a recipient with link and code, who has no account here. */
export default function RecipientPage() {
  return <DeliveryPage />;
}
