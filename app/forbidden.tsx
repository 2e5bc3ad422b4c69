import { ShieldX } from "lucide-react";
import { FullPageState } from "../components/ui/FullPageState.tsx";

export default function Forbidden() {
  return (
    <main className="flex min-h-dvh flex-col">
      <FullPageState Icon={ShieldX} title="Your role does not lead here">
        Ask an administrator if your work needs this page.
      </FullPageState>
    </main>
  );
}
