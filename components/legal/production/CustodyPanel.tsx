"use client";

import Link from "next/link";
import type { ProductionDetail } from "../../../contracts/legal/productions.ts";
import { AUDIT_ACTIONS } from "../../../domain/auditActions.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Section } from "../../ui/Section.tsx";
import { Instant } from "../../ui/Time.tsx";
import { HostileText } from "../../view/HostileText.tsx";

const ACTIONS: Readonly<Record<string, string>> = AUDIT_ACTIONS;

/** Who had a hand in it, by the log and in its order: the same that lies in the packet as far as it went then. */
export function CustodyPanel({ production }: { production: ProductionDetail }) {
  return (
    <Section title="Custody, from the audit log">
      {production.custody.length === 0 && <p className="text-muted">Nothing is on record yet.</p>}
      <ol className="grid gap-1.5">
        {production.custody.map((line) => (
          <li key={line.eventId} className="border-l-4 border-line pl-3">
            <p className="flex flex-wrap items-center gap-x-2">
              <strong>{ACTIONS[line.action] ?? line.action}</strong>
              {line.outcome !== "done" && <Badge tone="warn">{line.outcome}</Badge>}
              <span className="text-muted">
                {line.by ? line.by.name : "Unseal itself, or the recipient"}, <Instant at={line.at} seconds />
              </span>
              <Link
                href={`/audit/events/${line.eventId}`}
                prefetch={false}
                className="underline"
                aria-label={`Event of ${line.at}`}
              >
                event
              </Link>
            </p>
            {line.reason && <HostileText text={line.reason} />}
          </li>
        ))}
      </ol>
    </Section>
  );
}
