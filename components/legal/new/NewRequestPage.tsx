"use client";

import { useQueryClient } from "@tanstack/react-query";
import { FilePlus2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Registered } from "../../../contracts/legal/requests.ts";
import type { DocumentKind } from "../../../domain/legal/vocabulary.ts";
import { fieldError } from "../../api/ApiError.ts";
import { serverNow } from "../../api/serverClock.ts";
import { useCommands } from "../../shell/commands.tsx";
import { useToasts } from "../../shell/toasts.tsx";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Waiting } from "../../ui/Waiting.tsx";
import { sizeWords } from "../../view/AttachmentPointer.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { AccountPaste, accountsIn, onOnly, type Paste } from "../AccountPaste.tsx";
import { legalKeys, registerRequest } from "../api.ts";
import { emptyDraft, type FactsDraft, toRegister } from "../facts/draft.ts";
import { AskedPart, KindPart, NoticePart, Part, RequesterPart, TimesPart } from "../facts/FactFields.tsx";
import { useAgencies, usePlatforms } from "../queries.ts";
import { Attach } from "../request/DocumentsPanel.tsx";
import { UploadList } from "../UploadList.tsx";
import { useUploads } from "../useUploads.ts";
import { RulePanel } from "./RulePanel.tsx";
import { useWide } from "./useWide.ts";

type Chosen = { readonly file: File; readonly kind: DocumentKind };

/** The letter, as it is typed in; beside it, what the law makes of it. Drawn in the browser, by whose time it is now. */
export function NewRequestPage() {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => setNow(serverNow()), []);
  return now === null ? <Waiting label="Drawing the form" lines={12} /> : <Form now={now} />;
}

function Form({ now }: { now: number }) {
  const router = useRouter();
  const client = useQueryClient();
  const { show } = useToasts();
  const agencies = useAgencies({}).data?.agencies ?? [];
  const platforms = usePlatforms();
  const [draft, setDraft] = useState<FactsDraft>(() => emptyDraft(now));
  const [paste, setPaste] = useState<Paste>({ platformId: "", text: "" });
  const [files, setFiles] = useState<readonly Chosen[]>([]);
  const [kind, setKind] = useState<DocumentKind>("order");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [made, setMade] = useState<Registered | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const uploading = useUploads(() => {});
  useEffect(() => {
    document.title = "New lawful request · Unseal";
  }, []);
  useEffect(() => {
    if (error !== null) form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  }, [error]);
  useCommands([
    {
      id: "new-request-register",
      group: "New lawful request",
      label: "Register it",
      run: () => form.current?.requestSubmit(),
    },
  ]);
  const change = (part: Partial<FactsDraft>): void => setDraft((old) => ({ ...old, ...part }));
  const chosen = onOnly(paste, platforms.data ?? []);
  const accounts = accountsIn(chosen);
  const parts = { draft, onChange: change, error, agencies };
  const wide = useWide();
  const rule = (
    <RulePanel draft={draft} agencies={agencies} accounts={accounts.length} reference={draft.reference} />
  );
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const answer = await registerRequest(toRegister(draft, accounts));
      void client.invalidateQueries({ queryKey: legalKeys.all });
      show({ id: "registered", title: `${answer.shownNumber} is registered` });
      if (files.length === 0) return router.push(`/lawful-requests/${answer.requestId}`);
      setMade(answer);
      for (const one of files)
        void uploading.send(answer.requestId, [one.file], { kind: one.kind, most: null });
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  if (made) return <Sending made={made} uploading={uploading} />;
  return (
    <div className="pb-8">
      <PageHead
        title="New lawful request"
        above={
          <Link href="/lawful-requests" prefetch={false}>
            Lawful requests
          </Link>
        }
      >
        Write down what the letter says. Its clock runs from the moment it was received, not from now.
      </PageHead>
      <div className="grid gap-4 px-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <form
          ref={form}
          onSubmit={(event) => void submit(event)}
          className="grid min-w-0 content-start gap-4"
        >
          <KindPart {...parts} />
          <RequesterPart {...parts} />
          <TimesPart {...parts} />
          <AskedPart {...parts}>
            <AccountPaste
              platforms={platforms.data ?? []}
              value={chosen}
              onChange={setPaste}
              error={fieldError(error, "/accounts")}
            />
          </AskedPart>
          <NoticePart {...parts} />
          <Part title="Documents" says="Sent once it is registered, one after the other.">
            <Attach
              kind={kind}
              onKind={setKind}
              onFiles={(list) => setFiles((old) => [...old, ...list.map((file) => ({ file, kind }))])}
              most={null}
            />
            {files.length > 0 && (
              <ul className="grid gap-1" aria-label="Documents to be attached">
                {files.map((one, n) => (
                  <li
                    key={`${one.file.name} ${one.file.lastModified} ${one.file.size}`}
                    className="flex flex-wrap items-center gap-2"
                  >
                    <HostileText inline text={one.file.name} />
                    <span className="text-muted">{sizeWords(one.file.size)}</span>
                    <Button
                      small
                      look="quiet"
                      aria-label={`Take away: ${one.file.name}`}
                      onClick={() => setFiles((old) => old.filter((_, other) => other !== n))}
                    >
                      Take away
                    </Button>
                  </li>
                ))}
              </ul>
            )}
          </Part>
          {/* Whoever presses has read what stands out. */}
          {!wide && rule}
          {error != null && <Failed error={error} />}
          <div className="flex flex-wrap justify-end gap-2">
            <Link href="/lawful-requests" prefetch={false} className={buttonClass()}>
              Cancel
            </Link>
            <Button type="submit" look="primary" busy={busy}>
              <FilePlus2 aria-hidden className="size-4" />
              Register it
            </Button>
          </div>
        </form>
        {wide && rule}
      </div>
    </div>
  );
}

/** It is registered; its documents are on their way. */
function Sending({ made, uploading }: { made: Registered; uploading: ReturnType<typeof useUploads> }) {
  const { uploads, cancel, forget } = uploading;
  const runs = uploads.some(({ state }) => state === "waiting" || state === "sending");
  const wrong = uploads.some(({ state }) => state === "refused" || state === "cancelled");
  return (
    <div className="mx-auto w-full max-w-2xl pb-8">
      <PageHead title={`${made.shownNumber} is registered`}>
        {runs ? "Its documents are on their way." : "Its documents have been dealt with."}
      </PageHead>
      <div className="grid gap-3 px-4">
        <UploadList uploads={uploads} onCancel={cancel} onForget={forget} />
        {!runs && wrong && (
          <Notice tone="warn" title="Not every document was taken">
            What was not can be attached again on the page of the request.
          </Notice>
        )}
        <div>
          <Link
            href={`/lawful-requests/${made.requestId}`}
            prefetch={false}
            className={buttonClass(runs ? "secondary" : "primary")}
          >
            {runs ? "Go to the request; what is on its way is called off" : "Go to the request"}
          </Link>
        </div>
      </div>
    </div>
  );
}
