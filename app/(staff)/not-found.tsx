import { SearchX } from "lucide-react";
import { FullPageState } from "../../components/ui/FullPageState.tsx";

export default function NotFound() {
  return (
    <FullPageState Icon={SearchX} title="There is no such page">
      The address may be mistyped, or what it names lies outside your queues and regions.
    </FullPageState>
  );
}
