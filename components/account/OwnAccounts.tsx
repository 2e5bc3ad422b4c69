"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { OwnAccounts as Accounts } from "../../contracts/account.ts";
import { fetchOwnAccounts, leaveAccount, recordAccount } from "../access/api.ts";
import { PlatformAccount } from "../access/PlatformAccount.tsx";
import { asking } from "../api/queries.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Time } from "../ui/Time.tsx";
import { useAct } from "../ui/useAct.ts";
import { Waiting } from "../ui/Waiting.tsx";
import { HostileText } from "../view/HostileText.tsx";
import { ACCOUNTS_KEY } from "./keys.ts";

/** The accounts that the person holds on the platforms, so that nobody opens their own thread, or a colleague's, alone. */
export function OwnAccounts() {
  const query = useQuery({
    queryKey: ACCOUNTS_KEY,
    queryFn: (context) => fetchOwnAccounts(asking(context)),
  });
  const { busy, act } = useAct(ACCOUNTS_KEY);
  return (
    <section aria-labelledby="own-accounts" className="grid gap-2 px-4">
      <h2 id="own-accounts" className="text-base">
        Your accounts on the platforms
      </h2>
      <p className="max-w-[75ch] text-muted">
        A thread that one of them is in needs two approvers, for you and for every colleague, and you answer
        no request about it. An account that you have left counts for half a year more.
      </p>
      {query.isPending && <Waiting label="Reading your accounts" lines={3} />}
      {query.isError && !query.data && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <>
          {query.data.accounts.length === 0 ? (
            <p>You have recorded none.</p>
          ) : (
            <ul aria-label="Your accounts" className="panel divide-y divide-line">
              {query.data.accounts.map((account) => (
                <li key={account.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5">
                  <span className="font-mono">
                    <HostileText text={account.accountId} inline />
                  </span>
                  <span>{account.platform.name}</span>
                  <span className="text-muted">
                    recorded <Time at={account.recordedAt} />
                  </span>
                  {account.leftAt ? (
                    <Badge>
                      Left <Time at={account.leftAt} />
                    </Badge>
                  ) : (
                    <Button
                      small
                      className="ml-auto"
                      busy={busy === account.id}
                      onClick={() => void act(account.id, () => leaveAccount(account.id), "Marked as left")}
                    >
                      It is mine no more
                      <span className="sr-only">: {account.accountId}</span>
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )}
          <RecordForm platforms={query.data.platforms} />
        </>
      )}
    </section>
  );
}

function RecordForm({ platforms }: { platforms: Accounts["platforms"] }) {
  const client = useQueryClient();
  const [account, setAccount] = useState({ platformId: platforms[0]?.id ?? "", accountId: "" });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await recordAccount(account);
      setAccount({ ...account, accountId: "" });
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
      void client.invalidateQueries({ queryKey: ACCOUNTS_KEY });
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="grid max-w-2xl gap-2">
      <div className="grid items-end gap-2 sm:grid-cols-[12rem_minmax(0,1fr)_auto]">
        <PlatformAccount platforms={platforms} value={account} onChange={setAccount} />
        <Button type="submit" busy={busy}>
          Record it
        </Button>
      </div>
      {error != null && <Failed error={error} />}
    </form>
  );
}
