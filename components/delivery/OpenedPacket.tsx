"use client";

import { Download, FileCheck2, PackageOpen } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useState } from "react";
import type { OpenedDelivery } from "../../contracts/legal/deliveries.ts";
import { statusOf } from "../api/ApiError.ts";
import { Button } from "../ui/Button.tsx";
import { Fact, Facts } from "../ui/Facts.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Progress } from "../ui/Progress.tsx";
import { utcWords } from "../ui/timeWords.ts";
import { sizeWords } from "../view/AttachmentPointer.tsx";
import { Acknowledge } from "./Acknowledge.tsx";
import { useTransfer } from "./useTransfer.ts";

type Props = { packet: OpenedDelivery; onTicketOver: () => void };

/** What was sent, once link and code fit: how to get it, how to see that it is whole, and how to say that it arrived. */
export function OpenedPacket({ packet, onTicketOver }: Props) {
  const [hash, setHash] = useState<string | null>(null);
  const transfer = useTransfer(packet, setHash);
  const { busy, done, total, error } = transfer;
  const encrypted = packet.encryption !== "none";
  useEffect(() => {
    if (statusOf(error) === 401) onTicketOver();
  }, [error, onTicketOver]);
  useEffect(() => {
    const left = Date.parse(packet.ticketExpiresAt) - Date.now();
    const timer = setTimeout(onTicketOver, Math.min(Math.max(0, left), 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [packet.ticketExpiresAt, onTicketOver]);
  return (
    <>
      <section aria-label="The packet" className="panel grid gap-4 p-5">
        <h1 className="flex items-center gap-2 text-lg">
          <PackageOpen aria-hidden className="size-5 text-accent" />
          {packet.name}
        </h1>
        <Facts>
          <Fact name="File">
            <span className="break-all">{packet.fileName}</span>
          </Fact>
          <Fact name="Size">{sizeWords(packet.sizeBytes)}</Fact>
          <Fact name="Encrypted">
            {packet.encryption === "none"
              ? "No, beyond this connection"
              : `To your ${packet.encryption === "age" ? "age" : "OpenPGP"} key: decrypt it first`}
          </Fact>
          <Fact name="To be had until">{utcWords(packet.expiresAt)}</Fact>
        </Facts>
        <dl className="grid gap-2">
          <Hash name="SHA-512 of the ZIP" value={packet.zipSha512} />
          <Hash name="SHA-512 of its tag manifest" value={packet.manifestSha512} />
          <Hash name="Key that signed it" value={packet.vkey} />
          <Hash name="Key of the platform’s log" value={packet.logVkey} />
        </dl>
        <p>
          Compare the keys with those that the platform publishes.{" "}
          <Link href="/verify-a-packet" prefetch={false} target="_blank" className="underline">
            How to verify a packet
          </Link>{" "}
          says how, with programs of your own.
        </p>
      </section>
      <Step n={1} title="Download it">
        <div className="flex flex-wrap gap-2">
          {transfer.here ? (
            <Button look="primary" busy={busy === "download"} onClick={transfer.download}>
              <Download aria-hidden className="size-4" />
              Download
            </Button>
          ) : (
            // The browser's own download writes to disk as the bytes come: there is no bound to it.
            <form method="post" action="/api/delivery/download">
              <input type="hidden" name="ticket" value={packet.ticket} />
              <Button type="submit" look="primary">
                <Download aria-hidden className="size-4" />
                Download
              </Button>
            </form>
          )}
          {busy === "download" && <Button onClick={transfer.stop}>Stop</Button>}
        </div>
        {busy === "download" && <Going label="Downloaded" done={done} total={encrypted ? null : total} />}
        {transfer.downloaded && (
          <p role="status" className="text-ok">
            It is in your folder for downloads.
          </p>
        )}
        {!transfer.here && (
          <p className="text-muted">It is large: your browser shows how far it is, and keeps it on disk.</p>
        )}
      </Step>
      <Step n={2} title="See that it is whole">
        <p>
          {encrypted
            ? "Decrypt the file, then choose the ZIP. "
            : hash === null
              ? "Its SHA-512 is computed while it is downloaded; or choose the file. "
              : "Any other copy can be held against it, too. "}
          A file that you choose stays on your machine.
        </p>
        <label className="grid gap-1">
          <span className="heading">The ZIP file</span>
          <input
            type="file"
            className="field"
            disabled={busy !== null}
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) transfer.check(file);
            }}
          />
        </label>
        {busy === "check" && <Going label="Read" done={done} total={total} />}
        {hash !== null && <Verdict hash={hash} packet={packet} />}
      </Step>
      {error != null && <Failed error={error} />}
      <Acknowledge packet={packet} hash={hash} onTicketOver={onTicketOver} />
    </>
  );
}

function Step({ n, title, children }: { n: number; title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="panel grid gap-3 p-5">
      <h2 className="text-base">
        {n}. {title}
      </h2>
      {children}
    </section>
  );
}

/** A long word of digits: below its name, so that it has the whole width. */
function Hash({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-muted">{name}</dt>
      <dd>
        <code className="text-[0.857rem] break-all">{value}</code>
      </dd>
    </div>
  );
}

function Going({ label, done, total }: { label: string; done: number; total: number | null }) {
  return (
    <div className="grid gap-1">
      <Progress label={label} done={done} total={total} />
      <p className="text-muted">
        {label}: {sizeWords(done)}
        {total !== null && ` of ${sizeWords(total)}`}
      </p>
    </div>
  );
}

function Verdict({ hash, packet }: { hash: string; packet: OpenedDelivery }) {
  const agrees = hash === packet.zipSha512;
  return (
    <Notice
      tone={agrees ? "ok" : "danger"}
      announce="status"
      title={agrees ? "The file is the packet, bit for bit" : "The file is NOT the packet"}
    >
      <span className="flex items-start gap-1.5">
        <FileCheck2 aria-hidden className="mt-0.5 size-4 shrink-0" />
        <code className="text-[0.857rem] break-all">{hash}</code>
      </span>
      {!agrees &&
        (packet.encryption === "none"
          ? "Download it again. If it differs again, tell whoever sent it to you."
          : "Choose the ZIP after decrypting it, not the encrypted file.")}
    </Notice>
  );
}
