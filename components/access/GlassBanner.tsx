import { Siren } from "lucide-react";
import { Instant } from "../ui/Time.tsx";

/** On a page whose thread was opened by breaking the glass, for as long as it is open. */
export function GlassBanner({ dueAt }: { dueAt: string }) {
  return (
    <p
      role="status"
      className="flex flex-wrap items-center gap-x-2 gap-y-0.5 border-b border-danger bg-danger-soft px-3 py-2 font-semibold text-danger"
    >
      <Siren aria-hidden className="size-4" />
      Opened by breaking the glass.
      <span className="font-normal">
        Every compliance officer has been told. One of them reviews it by <Instant at={dueAt} />.
      </span>
    </p>
  );
}
