"use client";

import { type FormEvent, useEffect, useId, useState } from "react";
import { MOST_DELIVERY_HOURS, MOST_KEY_CHARACTERS } from "../../../contracts/legal/deliveries.ts";
import type { ProductionDetail } from "../../../contracts/legal/productions.ts";
import {
  DELIVERY_CHANNELS,
  type DeliveryChannel,
  ENCRYPTIONS,
  type Encryption,
} from "../../../domain/legal/productionWords.ts";
import { fieldError } from "../../api/ApiError.ts";
import { Button } from "../../ui/Button.tsx";
import { ChoiceChips } from "../../ui/ChoiceChips.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { deliver } from "./api.ts";
import { ConfirmedNumbers } from "./ConfirmedNumbers.tsx";
import type { Once } from "./ShownOnce.tsx";
import { CHANNEL_WORDS, ENCRYPTION_WORDS } from "./words.ts";

type Props = {
  production: ProductionDetail;
  open: boolean;
  onClose: () => void;
  onMade: (once: Once) => void;
};

/** Who the link is for, by which ways link and code reach them, until when, and to which key it is encrypted. */
export function DeliverDialog({ production, open, onClose, onMade }: Props) {
  const id = useId();
  const [recipientName, setName] = useState("");
  const [linkBy, setLinkBy] = useState<DeliveryChannel>("email");
  const [codeBy, setCodeBy] = useState<DeliveryChannel>("phone");
  const [hours, setHours] = useState("72");
  const [kind, setKind] = useState<Encryption>("none");
  const [key, setKey] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (!open) setError(null);
  }, [open]);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const encryption =
        kind === "none"
          ? ({ kind } as const)
          : kind === "age"
            ? ({ kind, recipient: key.trim() } as const)
            : ({ kind, publicKey: key } as const);
      const made = await deliver(production.id, {
        recipientName,
        linkBy,
        codeBy,
        hours: Number(hours),
        encryption,
      });
      onMade({ link: made.link, code: made.code, expiresAt: made.expiresAt, codeBy, recipientName });
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const channels = (other: DeliveryChannel) =>
    DELIVERY_CHANNELS.map((value) => ({
      value,
      label: CHANNEL_WORDS[value],
      ...(value === other ? { blocked: "Never both by one way" } : {}),
    }));
  const inKey = fieldError(error, "/encryption/recipient") ?? fieldError(error, "/encryption/publicKey");
  return (
    <Dialog open={open} onClose={onClose} title={`Make a link to ${production.name}`} wide>
      <form onSubmit={(event) => void send(event)} className="grid gap-3">
        <label className="grid gap-1">
          <span className="heading">Recipient</span>
          <input
            required
            maxLength={200}
            autoComplete="off"
            className="field"
            value={recipientName}
            onChange={(event) => setName(event.target.value)}
            aria-invalid={fieldError(error, "/recipientName") ? true : undefined}
          />
          <span className="text-muted">
            {fieldError(error, "/recipientName") ?? "The officer, as the request names them."}
          </span>
        </label>
        <ChoiceChips
          legend="The link goes by"
          name={`${id}-link`}
          choices={channels(codeBy)}
          value={linkBy}
          onChoose={setLinkBy}
        />
        <ChoiceChips
          legend="The code goes by"
          name={`${id}-code`}
          choices={channels(linkBy)}
          value={codeBy}
          onChoose={setCodeBy}
        />
        <p className="text-muted">
          {fieldError(error, "/codeBy") ??
            "Two ways, so that whoever reads one mailbox has nothing. By phone: a number that was confirmed in the directory."}
        </p>
        {codeBy === "phone" && <ConfirmedNumbers requestId={production.requestId} />}
        <label className="grid gap-1">
          <span className="heading">Good for how many hours</span>
          <input
            type="number"
            required
            min={1}
            max={MOST_DELIVERY_HOURS}
            className="field max-w-32"
            value={hours}
            onChange={(event) => setHours(event.target.value)}
          />
          <span className="text-muted">At most {MOST_DELIVERY_HOURS}: two weeks.</span>
        </label>
        <ChoiceChips
          legend="Encrypted to a key of the recipient’s"
          name={`${id}-key`}
          choices={ENCRYPTIONS.map((value) => ({ value, label: ENCRYPTION_WORDS[value] }))}
          value={kind}
          onChoose={setKind}
        />
        {kind !== "none" && (
          <label className="grid gap-1">
            <span className="heading">
              {kind === "age" ? "The recipient’s public key (age1…)" : "The recipient’s public key, armoured"}
            </span>
            <textarea
              required
              rows={kind === "age" ? 2 : 6}
              maxLength={kind === "age" ? 4000 : MOST_KEY_CHARACTERS}
              autoComplete="off"
              spellCheck={false}
              className="field resize-y font-mono text-[0.857rem]"
              value={key}
              onChange={(event) => setKey(event.target.value)}
              aria-invalid={inKey ? true : undefined}
            />
            <span className={inKey ? "text-danger" : "text-muted"}>
              {inKey ??
                "Have its fingerprint confirmed by phone: a key that came by mail may be somebody else’s."}
            </span>
          </label>
        )}
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy}>
            Make the link
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
