"use client";

import { type FormEvent, useState } from "react";
import type { Acknowledged, OpenedDelivery } from "../../contracts/legal/deliveries.ts";
import { fieldError, statusOf } from "../api/ApiError.ts";
import { Button } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Notice } from "../ui/Notice.tsx";
import { utcWords } from "../ui/timeWords.ts";
import { acknowledgeDelivery } from "./api.ts";

type Props = {
  packet: OpenedDelivery;
  /** What was computed of the file at hand. */
  hash: string | null;
  onTicketOver: () => void;
};

/** The recipient says by name that the packet arrived, with the hash of what they hold where one was computed. */
export function Acknowledge({ packet, hash, onTicketOver }: Props) {
  const [name, setName] = useState("");
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [said, setSaid] = useState<Acknowledged | null>(null);
  const sha512 = hash ?? (typed.trim() === "" ? null : typed.trim());
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const body = { ticket: packet.ticket, name, ...(sha512 === null ? {} : { sha512 }) };
      setSaid(await acknowledgeDelivery(body));
    } catch (refusal) {
      if (statusOf(refusal) === 401) onTicketOver();
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const already = said?.acknowledgedAt ?? packet.acknowledgedAt;
  return (
    <section aria-label="Acknowledge" className="panel grid gap-3 p-5">
      <h2 className="text-base">3. Say that you have it</h2>
      {already !== null ? (
        <Notice
          tone={said?.hashAgrees === false ? "danger" : "ok"}
          announce="status"
          title={`Acknowledged ${utcWords(already)}`}
        >
          {said?.hashAgrees === true && "The hash that you gave is the packet’s."}
          {said?.hashAgrees === false &&
            "The hash that you gave is not the packet’s: download it again, and tell whoever sent it to you."}
          {said?.hashAgrees === null && "No hash was given with it."}
        </Notice>
      ) : (
        <form onSubmit={(event) => void submit(event)} className="grid gap-3">
          <label className="grid gap-1">
            <span className="heading">Your name</span>
            <input
              required
              maxLength={200}
              autoComplete="name"
              className="field"
              value={name}
              onChange={(event) => setName(event.target.value)}
              aria-invalid={fieldError(error, "/name") ? true : undefined}
            />
          </label>
          {hash === null && (
            <label className="grid gap-1">
              <span className="heading">SHA-512, if you computed it yourself</span>
              <input
                className="field font-mono text-[0.857rem]"
                maxLength={200}
                autoComplete="off"
                spellCheck={false}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                aria-invalid={fieldError(error, "/sha512") ? true : undefined}
              />
              <span className={fieldError(error, "/sha512") ? "text-danger" : "text-muted"}>
                {fieldError(error, "/sha512") ?? "Of the ZIP, or of tagmanifest-sha512.txt in it."}
              </span>
            </label>
          )}
          {hash !== null && <p className="text-muted">The hash of step 2 goes with it.</p>}
          {error != null && <Failed error={error} />}
          <div>
            <Button type="submit" look="primary" busy={busy}>
              I have received it
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
