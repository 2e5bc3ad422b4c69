"use client";

import { useEffect, useState } from "react";
import type { GrantDto } from "../../contracts/access.ts";
import { GrantTable } from "../access/GrantTable.tsx";
import { useGrants } from "../access/queries.ts";
import { RevokeDialog } from "../access/RevokeDialog.tsx";
import { useSignedIn } from "../shell/me.tsx";
import { mayWatch } from "../shell/rights.ts";
import { Failed } from "../ui/Failed.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { ROLE_WORDS } from "../words.ts";
import { OwnAccounts } from "./OwnAccounts.tsx";
import { OwnSessions } from "./OwnSessions.tsx";
import { StaffAccounts } from "./StaffAccounts.tsx";

/** What belongs to the person signed in: accounts on the platforms, sessions, grants. */
export function AccountPage() {
  const me = useSignedIn();
  useEffect(() => {
    document.title = "Your account · Unseal";
  }, []);
  return (
    <div className="max-w-6xl pb-8">
      <PageHead title="Your account">
        {me.name} · {me.email} · {me.roles.map((role) => ROLE_WORDS[role]).join(", ")}
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <OwnAccounts />
        <OwnSessions />
        <OwnGrants />
        {mayWatch(me) && <StaffAccounts />}
      </div>
    </div>
  );
}

function OwnGrants() {
  const query = useGrants("mine");
  const [revoking, setRevoking] = useState<GrantDto | null>(null);
  return (
    <section aria-labelledby="own-grants">
      <h2 id="own-grants" className="px-4 pb-1.5 text-base">
        Your grants
      </h2>
      {query.isPending && <Waiting label="Reading your grants" lines={3} />}
      {query.isError && !query.data && (
        <div className="px-4">
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.data?.grants.length === 0 && <p className="px-4 text-muted">No grant of yours runs.</p>}
      {query.data && query.data.grants.length > 0 && (
        <GrantTable
          grants={query.data.grants}
          withPerson={false}
          caseHref={(caseId) => `/cases/${caseId}`}
          onRevoke={setRevoking}
        />
      )}
      <RevokeDialog grant={revoking} onClose={() => setRevoking(null)} />
    </section>
  );
}
