"use client";

import { FileDown, RotateCw, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { ProductionDetail, ProductionRow } from "../../../contracts/legal/productions.ts";
import { Button } from "../../ui/Button.tsx";
import { Fact, Facts } from "../../ui/Facts.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Progress } from "../../ui/Progress.tsx";
import { Section } from "../../ui/Section.tsx";
import { Instant, Time } from "../../ui/Time.tsx";
import { useMove } from "../../ui/useMove.ts";
import { sizeWords } from "../../view/AttachmentPointer.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { counted } from "../../words.ts";
import { ReasonDialog } from "../ReasonDialog.tsx";
import { discardProduction, tryProductionAgain } from "./api.ts";
import { exportProduction } from "./exportProduction.ts";
import { PartsTable } from "./PartsTable.tsx";
import { DISCARD_WORDS, stuckWords } from "./words.ts";

type Props = { production: ProductionDetail; onChanged: () => void };

/** How the packet comes to be: live, file by file; what stands in the way; what it is once it is there. */
export function BuildPanel({ production, onChanged }: Props) {
  const { rights } = production;
  const { busy, error, act } = useMove("production", onChanged);
  const [asking, setAsking] = useState<"discard" | "export" | null>(null);
  const again = (): void =>
    void act("again", () => tryProductionAgain(production.id), "It goes on where it stopped");
  return (
    <>
      <Section title="How it stands">
        <Standing production={production} />
        <div className="mt-2 flex flex-wrap gap-2 empty:hidden">
          {rights.tryAgain && (
            <Button look="primary" busy={busy === "again"} onClick={again}>
              <RotateCw aria-hidden className="size-4" />
              Try again
            </Button>
          )}
          {rights.export && (
            <Button onClick={() => setAsking("export")}>
              <FileDown aria-hidden className="size-4" />
              Take it out
            </Button>
          )}
          {rights.discard && (
            <Button look="danger" onClick={() => setAsking("discard")}>
              <Trash2 aria-hidden className="size-4" />
              Discard it
            </Button>
          )}
        </div>
        {error != null && (
          <div className="mt-2">
            <Failed error={error} />
          </div>
        )}
      </Section>
      <Section title="The packet">
        <PacketFacts production={production} />
      </Section>
      <Section title="Files of the bag" aside={<Counted production={production} />}>
        <PartsTable production={production} />
      </Section>
      <ReasonDialog
        open={asking === "discard"}
        onClose={() => setAsking(null)}
        title={`Discard ${production.name}`}
        submit="Discard it"
        danger
        help="It stands in the register and the log: quote nothing of what was collected."
        act={async (reason) => {
          await discardProduction(production.id, reason);
          onChanged();
        }}
      >
        What was built is deleted. Its numbers are never used again: the next packet is another volume.
      </ReasonDialog>
      <ReasonDialog
        open={asking === "export"}
        onClose={() => setAsking(null)}
        title={`Take ${production.name} out`}
        submit="Take it out"
        help="Committed to the audit log before the first byte."
        act={async (reason) => {
          await exportProduction(production.id, production.name, reason);
          onChanged();
        }}
      >
        The whole packet as a ZIP file on this machine, for handing it over in person. It holds what people
        wrote: keep it where nobody else can read it, and delete it once it is handed over.
      </ReasonDialog>
    </>
  );
}

function Counted({ production }: { production: ProductionDetail }) {
  const { partsDone, partsTotal } = production.progress;
  return (
    <span className="text-muted">
      {partsDone.toLocaleString("en-GB")} of {counted(partsTotal, "file")}
    </span>
  );
}

function Standing({ production }: { production: ProductionDetail }) {
  const { state } = production;
  const stuck = stuckWords(production);
  switch (state) {
    case "building":
      return (
        <>
          <p className="mb-2">
            It is being built, one file after the other, and goes on when the machine is started anew. You may
            leave this page.
          </p>
          <BuildProgress row={production} />
        </>
      );
    case "stuck":
      return (
        <div className="grid gap-2">
          <Notice tone="danger" title="The build stands still" announce="status">
            {stuck}
            {production.stuckPath && (
              <>
                {" "}
                It stopped at <code className="break-all">{production.stuckPath}</code>.
              </>
            )}
            {production.stuckAt && (
              <>
                {" "}
                Since <Time at={production.stuckAt} both />.
              </>
            )}
            {production.nextTryAt && (
              <>
                {" "}
                It is tried again by itself <Time at={production.nextTryAt} />.
              </>
            )}
          </Notice>
          <BuildProgress row={production} />
        </div>
      );
    case "built":
      return (
        <p>
          It is whole and signed, and waits for a second counsel, who compares it with what was asked for.
          Nobody outside can have it until then.
        </p>
      );
    case "released":
      return <p>A second counsel released it. It can be delivered.</p>;
    case "sent_back":
      return (
        <Notice tone="warn" title={`${production.sentBackBy?.name ?? "A second counsel"} sent it back`}>
          {production.sentBackReason && <HostileText text={production.sentBackReason} />}
          Change the review and build another volume. This one stays on record and cannot be delivered.
        </Notice>
      );
    case "discarded":
      return (
        <Notice
          title={production.discardedWhy ? DISCARD_WORDS[production.discardedWhy] : "It was discarded."}
        >
          {production.discardReason && <HostileText text={production.discardReason} />}
          What was built is gone, and its numbers are never used again
          {production.discardedAt && (
            <>
              {" "}
              (<Time at={production.discardedAt} both />)
            </>
          )}
          .
        </Notice>
      );
  }
}

/** How far a build has come: records, and files beside them. */
export function BuildProgress({ row }: { row: Pick<ProductionRow, "name" | "progress"> }) {
  const { recordsDone, recordsTotal, partsDone, partsTotal } = row.progress;
  const words = `${recordsDone.toLocaleString("en-GB")} of ${counted(recordsTotal, "record")}, ${partsDone.toLocaleString("en-GB")} of ${counted(partsTotal, "file")}`;
  return (
    <div className="grid max-w-xl gap-1">
      <Progress
        label={`Progress of ${row.name}`}
        done={partsDone + recordsDone}
        total={partsTotal + recordsTotal}
      />
      <p className="text-muted">{words}</p>
    </div>
  );
}

function PacketFacts({ production }: { production: ProductionDetail }) {
  return (
    <Facts>
      <Fact name="Bates numbers">
        {production.bates
          ? production.bates.first === production.bates.last
            ? production.bates.first
            : `${production.bates.first} to ${production.bates.last}`
          : production.builtAt
            ? "None: nothing is in it"
            : "To come"}
      </Fact>
      <Fact name="Cut-off">
        <Instant at={production.cutOff} seconds />
      </Fact>
      {production.note && (
        <Fact name="Note in the cover letter">
          <HostileText text={production.note} />
        </Fact>
      )}
      <Fact name="Built by version">{production.toolVersion}</Fact>
      {production.builtAt && (
        <Fact name="Built">
          <Instant at={production.builtAt} seconds />
        </Fact>
      )}
      {production.sizeBytes !== null && (
        <Fact name="Size of the ZIP">
          {sizeWords(production.sizeBytes)}{" "}
          <span className="text-muted">({counted(production.sizeBytes, "byte")})</span>
        </Fact>
      )}
      <HashFact name="SHA-512 of the ZIP" value={production.zipSha512} />
      <HashFact name="SHA-512 of its tag manifest" value={production.manifestSha512} />
      <HashFact name="Signed with the key" value={production.vkey} />
      {production.exportEventId && (
        <Fact name="Event in the log">
          <Link href={`/audit/events/${production.exportEventId}`} prefetch={false} className="underline">
            whose proof lies in the packet
          </Link>
        </Fact>
      )}
    </Facts>
  );
}

function HashFact({ name, value }: { name: string; value: string | null }) {
  if (value === null) return null;
  return (
    <Fact name={name}>
      <code className="text-[0.857rem] break-all">{value}</code>
    </Fact>
  );
}
