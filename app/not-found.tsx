import { SearchX } from "lucide-react";
import { FullPageState } from "../components/ui/FullPageState.tsx";

export default function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col">
      <title>Not found · Unseal</title>
      <FullPageState Icon={SearchX} title="There is no such page">
        The address may be mistyped, or what it names lies outside your queues and regions.
      </FullPageState>
    </main>
  );
}
