"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { fetchStaffAccounts } from "../access/api.ts";
import { asking } from "../api/queries.ts";
import { Failed } from "../ui/Failed.tsx";
import { SideScroll } from "../ui/SideScroll.tsx";
import { Instant } from "../ui/Time.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { HostileText } from "../view/HostileText.tsx";
import { STAFF_ACCOUNTS_KEY } from "./keys.ts";

/** The accounts that staff have recorded, for officers alone. */
export function StaffAccounts() {
  const query = useQuery({
    queryKey: STAFF_ACCOUNTS_KEY,
    queryFn: (context) => fetchStaffAccounts(asking(context)),
  });
  return (
    <section aria-labelledby="staff-accounts">
      <h2 id="staff-accounts" className="px-4 pb-1.5 text-base">
        Accounts of all staff
      </h2>
      {query.isPending && <Waiting label="Reading the accounts" lines={3} />}
      {query.isError && (
        <div className="px-4">
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.data?.accounts.length === 0 && <p className="px-4 text-muted">Nobody has recorded one.</p>}
      {query.data && query.data.accounts.length > 0 && (
        <SideScroll label="Accounts of all staff">
          <table className="w-full min-w-2xl border-collapse text-left">
            <thead>
              <tr className="heading border-y border-line bg-sunken">
                {["Who", "Platform", "Account", "Recorded", "Left"].map((title) => (
                  <th key={title} scope="col" className="px-4 py-1.5 font-semibold">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {query.data.accounts.map((account) => (
                <tr key={account.id} className="border-b border-line bg-surface align-top">
                  <td className="px-4 py-1.5">
                    <Link href={`/audit/staff/${account.person.id}`} prefetch={false}>
                      {account.person.name}
                    </Link>
                  </td>
                  <td className="px-4 py-1.5">{account.platform.name}</td>
                  <td className="px-4 py-1.5 font-mono text-[0.93rem]">
                    <HostileText text={account.accountId} />
                  </td>
                  <td className="px-4 py-1.5 whitespace-nowrap">
                    <Instant at={account.recordedAt} />
                  </td>
                  <td className="px-4 py-1.5 whitespace-nowrap">
                    {account.leftAt ? <Instant at={account.leftAt} /> : "–"}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </SideScroll>
      )}
    </section>
  );
}
