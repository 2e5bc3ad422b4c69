"use client";

import { UserPlus } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { RequestAccount, RequestDetail } from "../../../contracts/legal/requests.ts";
import { fieldError } from "../../api/ApiError.ts";
import { useToasts } from "../../shell/toasts.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { NoteField } from "../../ui/NoteField.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Section.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { counted } from "../../words.ts";
import { AccountPaste, accountsIn, onOnly, type Paste } from "../AccountPaste.tsx";
import { changeAccounts } from "../api.ts";
import { usePlatforms } from "../queries.ts";
import { useRequestAct } from "../useRequestAct.ts";
import { WriteDialog } from "./WriteDialog.tsx";

type Props = { request: RequestDetail; onChanged: () => void };
const FOLDED = 8;

/** The accounts that the request names: those that nobody knows first, since the letter may have them wrong. */
export function AccountsPanel({ request, onChanged }: Props) {
  const [adding, setAdding] = useState(false);
  const [dropping, setDropping] = useState<RequestAccount | null>(null);
  const [all, setAll] = useState(false);
  const { show } = useToasts();
  const list = [...request.accountList].sort((one, other) => Number(one.known) - Number(other.known));
  const unknown = list.filter(({ known }) => !known).length;
  const shown = all ? list : list.slice(0, Math.max(FOLDED, Math.min(unknown, 20)));
  return (
    <Section
      title={`Accounts (${list.length.toLocaleString("en-GB")})`}
      aside={
        request.rights.change && (
          <Button small onClick={() => setAdding(true)}>
            <UserPlus aria-hidden className="size-4" />
            Add accounts
          </Button>
        )
      }
    >
      {unknown > 0 && (
        <div className="mb-2">
          <Notice tone="warn" title={`${counted(unknown, "account")} not known to us`}>
            No thread that we keep names {unknown === 1 ? "it" : "them"}. Hold{" "}
            {unknown === 1 ? "it" : "each of them"} against the letter: a digit may be wrong, or it is another
            platform’s.
          </Notice>
        </div>
      )}
      {list.length === 0 && <p className="text-muted">It names none yet.</p>}
      <ul>
        {shown.map((account) => (
          <li
            key={account.n}
            className="flex flex-wrap items-center gap-x-2.5 gap-y-1 border-b border-line py-1 last:border-b-0"
          >
            <span className="w-7 text-right text-muted">{account.n}</span>
            <span className="min-w-0 font-mono break-all">
              <HostileText inline text={account.accountId} />
            </span>
            <span className="text-muted">{account.platform}</span>
            <Badge tone={account.known ? "plain" : "warn"}>{account.known ? "Known" : "Not known"}</Badge>
            {request.rights.change && (
              <span className="ml-auto">
                <Button
                  small
                  look="quiet"
                  aria-label={`Drop account ${account.n}`}
                  onClick={() => setDropping(account)}
                >
                  Drop
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {shown.length < list.length && (
        <p className="mt-1.5">
          <Button small onClick={() => setAll(true)}>
            Show all {list.length.toLocaleString("en-GB")}
          </Button>
        </p>
      )}
      {adding && <AddDialog request={request} onClose={() => setAdding(false)} onChanged={onChanged} />}
      <WriteDialog
        open={dropping !== null}
        onClose={() => setDropping(null)}
        title={`Drop account ${dropping?.n ?? ""}`}
        label="Reason"
        pointer="/reason"
        submit="Drop it"
        act={async (reason) => {
          const drop = dropping ? [dropping.n] : [];
          try {
            await changeAccounts(request.id, { drop, scopeVersion: request.scopeVersion, reason });
            show({ id: "request-drop", title: "Dropped" });
          } finally {
            onChanged();
          }
        }}
      >
        <p>
          The request names it no more. What was held because of it stays held until the hold is released; an
          approval falls.
        </p>
      </WriteDialog>
    </Section>
  );
}

function AddDialog({ request, onClose, onChanged }: Props & { onClose: () => void }) {
  const { busy, error, act } = useRequestAct(onChanged);
  const platforms = usePlatforms().data ?? [];
  const [paste, setPaste] = useState<Paste>({ platformId: "", text: "" });
  const [reason, setReason] = useState("");
  const chosen = onOnly(paste, platforms);
  const add = accountsIn(chosen);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const body = { add, scopeVersion: request.scopeVersion, reason };
    if (await act("add", () => changeAccounts(request.id, body), `${counted(add.length, "account")} added`))
      onClose();
  };
  return (
    <Dialog open onClose={onClose} title="Add accounts">
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <AccountPaste
          platforms={platforms}
          value={chosen}
          onChange={setPaste}
          error={fieldError(error, "/add")}
          required
        />
        <NoteField
          label="Reason"
          value={reason}
          onChange={setReason}
          most={2000}
          error={fieldError(error, "/reason")}
          help="Where they stand in the letter. An approval falls: what is asked has changed."
        />
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy === "add"} disabled={add.length === 0}>
            Add them
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
