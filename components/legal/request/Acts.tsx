"use client";

import { ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import type { RequestDetail } from "../../../contracts/legal/requests.ts";
import { REJECT_GROUNDS, type RejectGround } from "../../../domain/legal/vocabulary.ts";
import { useToasts } from "../../shell/toasts.tsx";
import { buttonClass } from "../../ui/Button.tsx";
import { counted } from "../../words.ts";
import {
  acknowledge,
  approveIt,
  closeIt,
  needInfo,
  recordNoRecords,
  rejectIt,
  takeIntoReview,
  withdrawIt,
} from "../api.ts";
import { SelectField } from "../facts/fields.tsx";
import { categoryNames, GROUND_WORDS } from "../words.ts";
import { ChangeFactsDialog } from "./ChangeFactsDialog.tsx";
import { WriteDialog } from "./WriteDialog.tsx";

/** Everything that can be done with a request as a whole. */
export const ACTS = [
  "acknowledge",
  "review",
  "approve",
  "needInfo",
  "noRecords",
  "change",
  "reject",
  "withdraw",
  "close",
] as const;
export type Act = (typeof ACTS)[number];

export const ACT_LABELS: Record<Act, string> = {
  acknowledge: "Record that we acknowledged it",
  review: "Take it into review",
  approve: "Approve it",
  needInfo: "Ask the authority for information",
  noRecords: "Record that we hold nothing",
  change: "Correct the facts",
  reject: "Reject it",
  withdraw: "Record that it was withdrawn",
  close: "Close it",
};

/** What of it the reader may do now. */
export const actsOf = ({ rights }: Pick<RequestDetail, "rights">): Act[] => ACTS.filter((act) => rights[act]);

type MenuProps = { acts: readonly Act[]; onChoose: (act: Act) => void };

/** The acts that are not the next step. */
export function ActMenu({ acts, onChoose }: MenuProps) {
  if (acts.length === 0) return null;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={buttonClass("secondary")}>
        Other acts
        <ChevronDown aria-hidden className="size-4" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content align="end" sideOffset={4} className="panel z-40 min-w-56 p-1.5 shadow-lg">
        {acts.map((act) => (
          <DropdownMenu.Item
            key={act}
            onSelect={() => onChoose(act)}
            className="flex min-h-8 cursor-pointer items-center rounded px-2 outline-none data-highlighted:bg-accent-soft data-highlighted:text-accent"
          >
            {ACT_LABELS[act]}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

type Props = {
  request: RequestDetail;
  /** Which dialog is open. */
  act: Act | null;
  onClose: () => void;
  onChanged: () => void;
};

/** The dialogs of the acts: each says what it does and takes the words that go with it. */
export function ActDialogs({ request, act, onClose, onChanged }: Props) {
  const { show } = useToasts();
  const [ground, setGround] = useState<RejectGround>("not_valid");
  const { id, shownNumber } = request;
  const done = (title: string, run: () => Promise<unknown>) => async (): Promise<void> => {
    try {
      await run();
      show({ id: `request-${act}`, title });
    } finally {
      onChanged();
    }
  };
  const dialog = (name: Act) => ({ open: act === name, onClose });
  return (
    <>
      <WriteDialog
        {...dialog("acknowledge")}
        title={`Acknowledge ${shownNumber}`}
        label="Note"
        pointer="/note"
        required={false}
        help="How you told them, and to which address of the directory."
        submit="Record it"
        act={(note) => done("Acknowledged", () => acknowledge(id, note))()}
      >
        <p>You have told the authority that the request has arrived. Nothing is sent from here.</p>
      </WriteDialog>
      <WriteDialog
        {...dialog("review")}
        title={`Take ${shownNumber} into review`}
        label="Note"
        pointer="/note"
        required={false}
        submit="Take it"
        act={() => done("It is yours", () => takeIntoReview(id))()}
      >
        <p>You handle it from now on. What it is given of content, another counsel approves and releases.</p>
      </WriteDialog>
      <WriteDialog
        {...dialog("approve")}
        title={`Approve ${shownNumber}`}
        label="Note"
        pointer="/note"
        required={false}
        help="What you looked at."
        submit="Approve it"
        act={(note) =>
          done("Approved", () =>
            approveIt(id, {
              scopeVersion: request.scopeVersion,
              digest: request.digest,
              ...(note ? { note } : {}),
            }),
          )()
        }
      >
        <p>
          It may then be given: <strong>{categoryNames(request.allowed) || "nothing"}</strong>, of{" "}
          {counted(request.accountList.length, "account")}. Approved is what stands here now (version{" "}
          {request.scopeVersion}); if it changes, the approval falls.
        </p>
      </WriteDialog>
      <WriteDialog
        {...dialog("needInfo")}
        title={`Ask about ${shownNumber}`}
        label="What was asked"
        pointer="/question"
        help="It stands in the register."
        submit="Record it"
        act={(question) => done("Recorded: it needs information", () => needInfo(id, question))()}
      >
        <p>You have asked the authority. Its clock goes on; nothing is sent from here.</p>
      </WriteDialog>
      <WriteDialog
        {...dialog("noRecords")}
        title={`Nothing for ${shownNumber}`}
        label="Note"
        pointer="/note"
        required={false}
        submit="Record it"
        act={(note) => done("Recorded: no records", () => recordNoRecords(id, note))()}
      >
        <p>
          Nothing that we keep falls under it. It is counted once more when you record it, and refused if
          something does.
        </p>
      </WriteDialog>
      <WriteDialog
        {...dialog("reject")}
        title={`Reject ${shownNumber}`}
        label="Reason"
        pointer="/reason"
        help="For the register and for the reply to the authority."
        submit="Reject it"
        danger
        act={(reason) => done("Rejected", () => rejectIt(id, { ground, reason }))()}
      >
        <SelectField
          label="Ground"
          value={ground}
          onChange={setGround}
          choices={REJECT_GROUNDS.filter((one) => !one.startsWith("epoc_") || request.type === "epoc").map(
            (one) => [one, GROUND_WORDS[one]] as const,
          )}
        />
      </WriteDialog>
      <WriteDialog
        {...dialog("withdraw")}
        title={`${shownNumber} was withdrawn`}
        label="Reason"
        pointer="/reason"
        help="Who took it back, and how you know."
        submit="Record it"
        danger
        act={(reason) => done("Withdrawn", () => withdrawIt(id, reason))()}
      >
        <p>Packets that are being built for it are discarded, and what was not fetched cannot be fetched.</p>
      </WriteDialog>
      <WriteDialog
        {...dialog("close")}
        title={`Close ${shownNumber}`}
        label="Note"
        pointer="/note"
        required={false}
        submit="Close it"
        act={(note) => done("Closed", () => closeIt(id, note))()}
      >
        <p>It stays in the register and in the figures.</p>
      </WriteDialog>
      {act === "change" && <ChangeFactsDialog request={request} onClose={onClose} onChanged={onChanged} />}
    </>
  );
}
