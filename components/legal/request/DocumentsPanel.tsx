"use client";

import { Download, Paperclip, ShieldAlert } from "lucide-react";
import { useId, useRef, useState } from "react";
import type { RequestDetail, RequestDocument } from "../../../contracts/legal/requests.ts";
import { DOCUMENT_KINDS, type DocumentKind } from "../../../domain/legal/vocabulary.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { Section } from "../../ui/Section.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { sizeWords } from "../../view/AttachmentPointer.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { readDocument } from "../readDocument.ts";
import { UploadList } from "../UploadList.tsx";
import { useRequestAct } from "../useRequestAct.ts";
import { useUploads } from "../useUploads.ts";
import { DOCUMENT_KIND_WORDS } from "../words.ts";

type Props = { request: RequestDetail; onChanged: () => void };

/** What came with the request: sealed, looked at for what could do harm, and never opened here. */
export function DocumentsPanel({ request, onChanged }: Props) {
  const [kind, setKind] = useState<DocumentKind>("order");
  const { uploads, send, cancel, forget } = useUploads(onChanged);
  const { documents, rights } = request;
  return (
    <Section title={`Documents (${documents.length.toLocaleString("en-GB")})`}>
      {documents.length === 0 && (
        <p className="text-muted">
          {rights.addDocument
            ? "None. Attach the order itself: without it, most requests cannot be verified."
            : "None."}
        </p>
      )}
      <ul className="grid gap-2">
        {documents.map((one) => (
          <Document key={one.id} request={request} document={one} onChanged={onChanged} />
        ))}
      </ul>
      {rights.addDocument && (
        <div className="mt-3 grid gap-2">
          <Attach
            kind={kind}
            onKind={setKind}
            onFiles={(files) => void send(request.id, files, { kind, most: request.mostDocumentBytes })}
            most={request.mostDocumentBytes}
          />
          <UploadList uploads={uploads} onCancel={cancel} onForget={forget} />
        </div>
      )}
    </Section>
  );
}

type AttachProps = {
  kind: DocumentKind;
  onKind: (kind: DocumentKind) => void;
  onFiles: (files: File[]) => void;
  most: number | null;
};

/** Chooses files: with a button, or dropped onto it. */
export function Attach({ kind, onKind, onFiles, most }: AttachProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    // Dropping is a second way: the button does the same.
    <section
      aria-label="Attach documents"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
      className={`grid gap-2 rounded border border-dashed px-3 py-2.5 ${
        over ? "border-accent bg-accent-soft" : "border-edge"
      }`}
    >
      <div className="flex flex-wrap items-end gap-2">
        <div>
          <label htmlFor={`${id}-kind`} className="heading block">
            What it is
          </label>
          <select
            id={`${id}-kind`}
            className="field w-auto!"
            value={kind}
            onChange={(event) => onKind(event.target.value as DocumentKind)}
          >
            {DOCUMENT_KINDS.map((one) => (
              <option key={one} value={one}>
                {DOCUMENT_KIND_WORDS[one]}
              </option>
            ))}
          </select>
        </div>
        <input
          ref={input}
          id={id}
          type="file"
          multiple
          className="sr-only"
          tabIndex={-1}
          aria-label="Choose documents"
          onChange={(event) => {
            onFiles([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <Button onClick={() => input.current?.click()}>
          <Paperclip aria-hidden className="size-4" />
          Attach documents
        </Button>
      </div>
      <p className="text-[0.93rem] text-muted">
        Or drop them here{most === null ? "" : `; up to ${sizeWords(most)} each`}. They are looked at for what
        could do harm and sealed; nothing in them is run.
      </p>
    </section>
  );
}

function Document({ request, document, onChanged }: Props & { document: RequestDocument }) {
  const { busy, error, act } = useRequestAct(onChanged);
  const [asking, setAsking] = useState(false);
  const take = (): void => {
    setAsking(false);
    void act("read", () => readDocument(request.id, document.n, document.name), "It is on your machine");
  };
  return (
    <li className="rounded border border-line px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <HostileText inline text={document.name} className="font-semibold" />
        <Badge>{DOCUMENT_KIND_WORDS[document.kind]}</Badge>
        {document.warnings.length > 0 && (
          <Badge tone="warn">
            <ShieldAlert aria-hidden className="size-3.5" />
            {document.warnings.length === 1 ? "A warning" : `${document.warnings.length} warnings`}
          </Badge>
        )}
        {request.rights.readDocument && (
          <span className="ml-auto">
            <Button
              small
              busy={busy === "read"}
              onClick={() => (document.warnings.length > 0 ? setAsking(true) : take())}
            >
              <Download aria-hidden className="size-4" />
              Take it out
            </Button>
          </span>
        )}
      </div>
      <p className="text-[0.93rem] text-muted">
        {document.n} · {document.mediaType} · {sizeWords(document.sizeBytes)} · {document.addedBy.name},{" "}
        {utcWords(document.addedAt)}
      </p>
      <p className="font-mono text-[0.786rem] break-all text-muted">SHA-256 {document.sha256}</p>
      {document.warnings.length > 0 && (
        <ul className="mt-1 list-disc pl-5">
          {document.warnings.map(({ warning, words }) => (
            <li key={warning}>{words}</li>
          ))}
        </ul>
      )}
      {error != null && (
        <div className="mt-2">
          <Failed error={error} />
        </div>
      )}
      <Dialog open={asking} onClose={() => setAsking(false)} title="It was warned of">
        <div className="grid gap-3">
          <ul className="list-disc pl-5">
            {document.warnings.map(({ warning, words }) => (
              <li key={warning}>{words}</li>
            ))}
          </ul>
          <p>
            Open it only where it can do no harm: on a machine or in a viewer apart from your work. That you
            take it out goes on record.
          </p>
          <div className="flex justify-end gap-2">
            <Button onClick={() => setAsking(false)}>Cancel</Button>
            <button type="button" onClick={take} className={buttonClass("danger")}>
              Take it out all the same
            </button>
          </div>
        </div>
      </Dialog>
    </li>
  );
}
