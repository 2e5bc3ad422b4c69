"use client";

import { RotateCw } from "lucide-react";
import type { AuditNewer } from "../../contracts/audit.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { Button } from "../ui/Button.tsx";
import { counted } from "../words.ts";

/** Events have come since the page was read. They are shown when asked for, and not under the reader's eyes. */
export function NewerNotice({ newer, onShow }: { newer: AuditNewer | undefined; onShow: () => void }) {
  const count = newer?.count ?? 0;
  return (
    <div role="status" className="contents">
      {count > 0 && (
        <div className="flex items-center justify-between gap-3 border-t border-line bg-accent-soft px-4 py-1.5 text-accent">
          {newer?.capped ? `More than ${counted(count, "new event")}` : counted(count, "new event")}
          <Button small keys={keyOf("auditRefresh")} onClick={onShow}>
            <RotateCw aria-hidden className="size-4" />
            Show
          </Button>
        </div>
      )}
    </div>
  );
}
