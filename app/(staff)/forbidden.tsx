import { ShieldX } from "lucide-react";
import { FullPageState } from "../../components/ui/FullPageState.tsx";

export default function Forbidden() {
  return (
    <FullPageState Icon={ShieldX} title="Your role does not lead here">
      This page belongs to other roles. Ask an administrator if your work needs it.
    </FullPageState>
  );
}
