"use client";

import { KeyRound, OctagonX, Send } from "lucide-react";
import { useState } from "react";
import type { DeliveryRow, ProductionDetail } from "../../../contracts/legal/productions.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Fact, Facts } from "../../ui/Facts.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { Section } from "../../ui/Section.tsx";
import { Instant, Time } from "../../ui/Time.tsx";
import { useMove } from "../../ui/useMove.ts";
import { HostileText } from "../../view/HostileText.tsx";
import { counted } from "../../words.ts";
import { ReasonDialog } from "../ReasonDialog.tsx";
import { recallDelivery, renewCode } from "./api.ts";
import { DeliverDialog } from "./DeliverDialog.tsx";
import { type Once, ShownOnce } from "./ShownOnce.tsx";
import { CHANNEL_WORDS, DELIVERY_WORDS, ENCRYPTION_WORDS } from "./words.ts";

type Props = { production: ProductionDetail; onChanged: () => void };

/** How the packet reaches whoever asked: links that were made, and what became of them. */
export function DeliveriesPanel({ production, onChanged }: Props) {
  const [making, setMaking] = useState(false);
  const [once, setOnce] = useState<Once | null>(null);
  const { deliveries, rights } = production;
  return (
    <>
      <Section title="Delivering it">
        <p className="mb-2 max-w-[75ch]">
          {production.state === "released"
            ? "A link is for one recipient and opens with a code that goes by another way. Tell the code to a number of the agency that was confirmed in the directory, never to one from the request."
            : "It can be delivered once a second counsel has released it."}
        </p>
        {rights.deliver && (
          <Button look="primary" onClick={() => setMaking(true)}>
            <Send aria-hidden className="size-4" />
            Make a link
          </Button>
        )}
      </Section>
      {once && <ShownOnce once={once} onDone={() => setOnce(null)} />}
      {deliveries.length === 0 && (
        <Section title="Links">
          <p className="text-muted">None has been made.</p>
        </Section>
      )}
      {deliveries.map((delivery) => (
        <Delivery
          key={delivery.id}
          delivery={delivery}
          mayChange={rights.deliver}
          onChanged={onChanged}
          onCode={setOnce}
        />
      ))}
      <DeliverDialog
        production={production}
        open={making}
        onClose={() => setMaking(false)}
        onMade={(made) => {
          setMaking(false);
          setOnce(made);
          onChanged();
        }}
      />
    </>
  );
}

type DeliveryProps = {
  delivery: DeliveryRow;
  mayChange: boolean;
  onChanged: () => void;
  onCode: (once: Once) => void;
};

function Delivery({ delivery, mayChange, onChanged, onCode }: DeliveryProps) {
  const { busy, error, act } = useMove("delivery", onChanged);
  const [recalling, setRecalling] = useState(false);
  const { name, tone } = DELIVERY_WORDS[delivery.state];
  const open = delivery.state === "waiting" || delivery.state === "locked";
  const recode = (): void =>
    void act(
      "code",
      async () => {
        const { code, expiresAt } = await renewCode(delivery.id);
        onCode({
          link: null,
          code,
          expiresAt,
          codeBy: delivery.codeBy,
          recipientName: delivery.recipientName,
        });
      },
      "The old code is good for nothing any more",
    );
  return (
    <Section title={`Link for ${delivery.recipientName}`} aside={<Badge tone={tone}>{name}</Badge>}>
      <Facts>
        <Fact name="Made">
          {delivery.createdBy.name}, <Time at={delivery.createdAt} both />
        </Fact>
        <Fact name={delivery.state === "expired" ? "Expired" : "Expires"}>
          <Time at={delivery.expiresAt} both />
        </Fact>
        <Fact name="Link by">{CHANNEL_WORDS[delivery.linkBy]}</Fact>
        <Fact name="Code by">{CHANNEL_WORDS[delivery.codeBy]}</Fact>
        <Fact name="Encrypted">
          {ENCRYPTION_WORDS[delivery.encryption]}
          {delivery.recipientKey && (
            <>
              , to <code className="text-[0.857rem] break-all">{delivery.recipientKey}</code>
            </>
          )}
        </Fact>
        {open && <Fact name="Wrong codes left">{counted(delivery.triesLeft, "try", "tries")}</Fact>}
        <Fact name="Fetched">
          {delivery.downloadsBegun === 0
            ? "Not yet"
            : `Begun ${counted(delivery.downloadsBegun, "time")}, whole ${counted(delivery.downloadsWhole, "time")}`}
          {delivery.firstFetchedAt && (
            <>
              {" "}
              · first <Instant at={delivery.firstFetchedAt} />
            </>
          )}
        </Fact>
        {delivery.acknowledgedAt && (
          <Fact name="Acknowledged">
            by <HostileText text={delivery.acknowledgedAs ?? ""} inline />,{" "}
            <Instant at={delivery.acknowledgedAt} />
            {delivery.acknowledgedHashAgrees !== null && (
              <>
                {" "}
                <Badge tone={delivery.acknowledgedHashAgrees ? "ok" : "danger"}>
                  {delivery.acknowledgedHashAgrees
                    ? "The hash they gave is the packet’s"
                    : "The hash they gave is NOT the packet’s"}
                </Badge>
              </>
            )}
          </Fact>
        )}
        {delivery.recalledAt && delivery.recalledBy && (
          <Fact name="Recalled">
            {delivery.recalledBy.name}, <Instant at={delivery.recalledAt} />
            {delivery.recallReason && <HostileText text={delivery.recallReason} />}
          </Fact>
        )}
      </Facts>
      {mayChange && open && (
        <div className="mt-2 flex flex-wrap gap-2">
          <Button small busy={busy === "code"} onClick={recode}>
            <KeyRound aria-hidden className="size-4" />
            Another code
          </Button>
          <Button small look="danger" onClick={() => setRecalling(true)}>
            <OctagonX aria-hidden className="size-4" />
            Recall it
          </Button>
        </div>
      )}
      {error != null && (
        <div className="mt-2">
          <Failed error={error} />
        </div>
      )}
      <ReasonDialog
        open={recalling}
        onClose={() => setRecalling(false)}
        title={`Recall the link for ${delivery.recipientName}`}
        submit="Recall it"
        danger
        help="It stands in the custody record."
        act={async (reason) => {
          await recallDelivery(delivery.id, { reason });
          onChanged();
        }}
      >
        The link opens nothing from then on. What was fetched cannot be taken back.
      </ReasonDialog>
    </Section>
  );
}
