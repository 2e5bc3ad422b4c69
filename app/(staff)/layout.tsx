import type { ReactNode } from "react";
import { AppShell } from "../../components/shell/AppShell.tsx";
import { requireStaff } from "../../server/http/pageActor.ts";

export const dynamic = "force-dynamic";

export default async function StaffLayout({ children }: { children: ReactNode }) {
  const { me } = await requireStaff();
  return <AppShell me={me}>{children}</AppShell>;
}
