"use client";

import { Scale } from "lucide-react";
import { useState } from "react";
import type { CollectionDetail, DecisionPage } from "../../../contracts/legal/collections.ts";
import { Badge } from "../../ui/Badge.tsx";
import { BlankState } from "../../ui/BlankState.tsx";
import { Button } from "../../ui/Button.tsx";
import { PagedList } from "../../ui/PagedList.tsx";
import { Section } from "../../ui/Section.tsx";
import { Instant } from "../../ui/Time.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { counted } from "../../words.ts";
import { ReasonDialog } from "../ReasonDialog.tsx";
import { takeBack } from "./api.ts";
import { useDecisions } from "./queries.ts";
import { decisionWords, handInLines } from "./words.ts";

type Decision = DecisionPage["decisions"][number];
type Props = { collection: CollectionDetail; onChanged: () => void };

/** What will be withheld and why, by the decisions that stand; and everything that was decided, whatever became of it. */
export function DecisionsPanel({ collection, onChanged }: Props) {
  const query = useDecisions(collection.id);
  const [taking, setTaking] = useState<Decision | null>(null);
  const decisions = query.data?.pages.flatMap((page) => page.decisions) ?? [];
  const standing = query.data?.pages[0]?.standing ?? 0;
  return (
    <>
      <Section title="What the packet will leave out">
        <ul className="list-disc pl-5">
          {handInLines(collection).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Section>
      <Section
        title="Decisions"
        aside={<span className="text-muted">{counted(standing, "decision")} stand</span>}
      >
        <PagedList
          query={query}
          empty={decisions.length === 0}
          waiting="Reading the decisions"
          nothing={
            <BlankState Icon={Scale} title="Nothing is decided yet">
              Handed in like this, everything is produced, with third parties under a number.
            </BlankState>
          }
        >
          <ol aria-label="Decisions, newest first" className="grid gap-1.5">
            {decisions.map((one) => (
              <li key={one.id} className="border-l-4 border-line pl-3">
                <div className="flex flex-wrap items-center gap-x-2">
                  <strong className={one.takenBack ? "line-through" : undefined}>{decisionWords(one)}</strong>
                  {one.takenBack && <Badge>Taken back</Badge>}
                  {one.round !== collection.round && <Badge>Round {one.round}</Badge>}
                  <span className="text-muted">
                    {one.by.name}, <Instant at={one.at} seconds />
                  </span>
                  {!one.takenBack && collection.rights.decide && (
                    <Button small onClick={() => setTaking(one)}>
                      Take back
                    </Button>
                  )}
                </div>
                <HostileText text={one.reason} />
                {one.takenBack && (
                  <div className="text-muted">
                    {one.takenBack.by.name}, <Instant at={one.takenBack.at} seconds />:{" "}
                    <HostileText text={one.takenBack.reason} inline />
                  </div>
                )}
              </li>
            ))}
          </ol>
        </PagedList>
      </Section>
      <ReasonDialog
        open={taking !== null}
        onClose={() => setTaking(null)}
        title="Take back a decision"
        submit="Take it back"
        help="Decision and taking back stay on record."
        act={async (reason) => {
          if (!taking) return;
          await takeBack(collection.id, { decisionId: taking.id, reason });
          onChanged();
        }}
      >
        {taking && decisionWords(taking)}
      </ReasonDialog>
    </>
  );
}
