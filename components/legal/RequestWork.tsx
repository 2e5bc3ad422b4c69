"use client";

import { useQueryClient } from "@tanstack/react-query";
import { FolderSearch, Package } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { CollectionRow } from "../../contracts/legal/collections.ts";
import type { ProductionRow } from "../../contracts/legal/productions.ts";
import type { RequestDetail } from "../../contracts/legal/requests.ts";
import { DENIALS, isDenialCode } from "../../domain/denials.ts";
import { fieldError } from "../api/ApiError.ts";
import { useSignedIn } from "../shell/me.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Failed } from "../ui/Failed.tsx";
import { NoteField } from "../ui/NoteField.tsx";
import { Section } from "../ui/Section.tsx";
import { Time } from "../ui/Time.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { sizeWords } from "../view/AttachmentPointer.tsx";
import { counted } from "../words.ts";
import { CollectForm } from "./collection/CollectForm.tsx";
import { useCollections } from "./collection/queries.ts";
import { COLLECTION_WORDS } from "./collection/words.ts";
import { askProduction, productionKeys } from "./production/api.ts";
import { BuildProgress } from "./production/BuildPanel.tsx";
import { useProductions } from "./production/queries.ts";
import { categoryWords, PRODUCTION_WORDS, stuckWords } from "./production/words.ts";
import { mayHandleRequests } from "./rights.ts";

type Props = { request: RequestDetail; onChanged: () => void };

/** What is collected under a request and what is made of it: the way from its approval to a packet. */
export function RequestWork({ request, onChanged }: Props) {
  const collections = useCollections(request.id);
  const productions = useProductions(request.id);
  const [collecting, setCollecting] = useState(false);
  const [building, setBuilding] = useState<CollectionRow | null>(null);
  const works = mayHandleRequests(useSignedIn());
  const rows = collections.data?.collections ?? [];
  const packets = productions.data?.productions ?? [];
  const barred = collections.data?.collectBarredBy ?? null;
  return (
    <>
      <Section title="Collections">
        {collections.isPending && <Waiting label="Reading the collections" lines={2} />}
        {collections.error && !collections.data && (
          <Failed error={collections.error} onRetry={() => void collections.refetch()} />
        )}
        {collections.data && rows.length === 0 && (
          <p className="text-muted">
            Nothing is collected yet. Collecting records the query for good, and opens nothing.
          </p>
        )}
        <ul aria-label="Collections" className="grid gap-2 empty:hidden">
          {rows.map((row) => (
            <Collection key={row.id} row={row} onBuild={works ? () => setBuilding(row) : null} />
          ))}
        </ul>
        {works && collections.data && (
          <div className="mt-2 flex flex-wrap items-center gap-2">
            {barred === null ? (
              <Button look={rows.length === 0 ? "primary" : "secondary"} onClick={() => setCollecting(true)}>
                <FolderSearch aria-hidden className="size-4" />
                {rows.length === 0 ? "Collect" : "Collect a supplement"}
              </Button>
            ) : (
              <p className="text-muted">
                {isDenialCode(barred)
                  ? `${DENIALS[barred].title}. ${DENIALS[barred].detail}`
                  : "It cannot be collected as it stands."}
              </p>
            )}
          </div>
        )}
      </Section>
      <Section title="Packets">
        {productions.error && !productions.data && (
          <Failed error={productions.error} onRetry={() => void productions.refetch()} />
        )}
        {productions.data && packets.length === 0 && (
          <p className="text-muted">None has been built. A collection that is handed in can be.</p>
        )}
        <ul aria-label="Packets" className="grid gap-2 empty:hidden">
          {packets.map((row) => (
            <Packet key={row.id} row={row} />
          ))}
        </ul>
      </Section>
      <Dialog
        open={collecting}
        onClose={() => setCollecting(false)}
        title={`Collect for ${request.shownNumber}`}
        wide
      >
        <CollectForm request={request} onClose={() => setCollecting(false)} onCollected={onChanged} />
      </Dialog>
      <Dialog open={building !== null} onClose={() => setBuilding(null)} title="Build the packet">
        {building && <BuildForm row={building} onClose={() => setBuilding(null)} />}
      </Dialog>
    </>
  );
}

function Collection({ row, onBuild }: { row: CollectionRow; onBuild: (() => void) | null }) {
  const { name, tone } = COLLECTION_WORDS[row.state];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-l-4 border-line pl-3">
      <Link
        href={`/lawful-requests/${row.requestId}/collections/${row.id}`}
        prefetch={false}
        className="font-semibold"
      >
        Collection {row.n}
      </Link>
      <Badge tone={tone}>{name}</Badge>
      {row.round > 1 && <Badge>Round {row.round}</Badge>}
      <span className="text-muted">
        {counted(row.messages, "message")} in {counted(row.threads, "thread")} ·{" "}
        {row.categories.map((one) => categoryWords(one).toLowerCase()).join(", ")} · {row.collectedBy.name}{" "}
        <Time at={row.collectedAt} />
      </span>
      {onBuild && row.state === "handed_in" && (
        <span className="ml-auto">
          <Button small onClick={onBuild}>
            <Package aria-hidden className="size-4" />
            Build the packet
          </Button>
        </span>
      )}
    </li>
  );
}

function Packet({ row }: { row: ProductionRow }) {
  const { name, tone } = PRODUCTION_WORDS[row.state];
  return (
    <li className="grid gap-1 border-l-4 border-line pl-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link
          href={`/lawful-requests/${row.requestId}/productions/${row.id}`}
          prefetch={false}
          className="font-semibold"
        >
          {row.name}
        </Link>
        <Badge tone={tone}>{name}</Badge>
        <span className="text-muted">
          {row.bates && `${row.bates.first} to ${row.bates.last} · `}
          {row.sizeBytes !== null && `${sizeWords(row.sizeBytes)} · `}
          {row.askedBy.name} <Time at={row.askedAt} />
        </span>
      </div>
      {row.state === "building" && <BuildProgress row={row} />}
      {row.state === "stuck" && <p className="text-danger">{stuckWords(row)}</p>}
    </li>
  );
}

function BuildForm({ row, onClose }: { row: CollectionRow; onClose: () => void }) {
  const client = useQueryClient();
  const router = useRouter();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const body = note.trim() === "" ? {} : { note: note.trim() };
      const { productionId } = await askProduction(row.id, body);
      void client.invalidateQueries({ queryKey: productionKeys.all });
      onClose();
      router.push(`/lawful-requests/${row.requestId}/productions/${productionId}`);
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-3">
      <p>
        Collection {row.n} as it was handed in: {counted(row.messages, "message")} in{" "}
        {counted(row.threads, "thread")}. It is built in the background, and waits then for a second counsel.
      </p>
      <NoteField
        optional
        label="A note in the cover letter, if any"
        value={note}
        onChange={setNote}
        most={4000}
        error={fieldError(error, "/note")}
        help="The recipient reads it."
      />
      {error != null && <Failed error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={busy}>
          Build it
        </Button>
      </div>
    </form>
  );
}
