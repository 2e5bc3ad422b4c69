"use client";

import { CircleCheck, CircleDashed, OctagonX } from "lucide-react";
import type { AuditEventDetail, Commitment } from "../../contracts/audit.ts";
import { Badge } from "../ui/Badge.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Section } from "../ui/Section.tsx";

const OF: Record<Commitment["of"], string> = { reason: "Reason", detail: "Particulars", ip: "Address" };

const STATES = {
  matches: { tone: "ok", Icon: CircleCheck, words: "as it was logged" },
  differs: { tone: "danger", Icon: OctagonX, words: "NOT as it was logged" },
  forgotten: { tone: "warn", Icon: CircleDashed, words: "removed since" },
} as const;

/** The leaf of the event, and whether what is shown above is what was committed to when it happened. */
export function LeafSection({ event }: { event: AuditEventDetail }) {
  const checked = event.commitments.filter(({ state }) => state !== "none");
  const altered = checked.some(({ state }) => state === "differs");
  return (
    <Section title="Leaf">
      {altered && (
        <div className="mb-3">
          <Notice tone="danger" title="This record was changed after it was written">
            What is stored does not fit the commitment in its leaf. No part of the console can do this:
            somebody reached the database itself. Tell the operator, and keep an export.
          </Notice>
        </div>
      )}
      <p className="mb-2 text-muted">
        The leaf is the part of the event that can never be taken back: it carries ids and words of ours in
        the clear, and reason, particulars and address only as SHA-256 of a salt and the value. Erasing the
        value and the salt forgets them and leaves the leaf whole.
      </p>
      {checked.length > 0 && (
        <ul className="mb-3 grid gap-1.5">
          {checked.map(({ of, committed, state }) => {
            const { tone, Icon, words } = STATES[state as keyof typeof STATES];
            return (
              <li key={of} className="flex flex-wrap items-center gap-x-2">
                <Badge tone={tone}>
                  <Icon aria-hidden className="size-3.5" />
                  {OF[of]}: {words}
                </Badge>
                <span className="font-mono text-[0.786rem] break-all text-muted">{committed}</span>
              </li>
            );
          })}
        </ul>
      )}
      {event.leaf === null ? (
        <p>The leaf has been taken into the tree.</p>
      ) : (
        <>
          <pre className="overflow-x-auto rounded border border-line bg-sunken p-2.5 font-mono text-[0.857rem] whitespace-pre-wrap break-all">
            {event.leaf}
          </pre>
          <p className="mt-2 text-muted">
            Hash in the tree (RFC 6962): <span className="font-mono break-all">{event.leafHash}</span>
          </p>
        </>
      )}
    </Section>
  );
}
