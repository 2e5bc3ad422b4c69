"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import type { GrantDto } from "../../contracts/access.ts";
import { GrantTable } from "../access/GrantTable.tsx";
import type { useGrants } from "../access/queries.ts";
import { RevokeDialog } from "../access/RevokeDialog.tsx";
import { BlankState } from "../ui/BlankState.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Waiting } from "../ui/Waiting.tsx";

/** Grants of others that run, each of which this person may end. */
export function LiveGrants({ query }: { query: ReturnType<typeof useGrants> }) {
  const [revoking, setRevoking] = useState<GrantDto | null>(null);
  if (query.isPending) return <Waiting label="Reading the grants" lines={8} />;
  if (query.isError && !query.data)
    return (
      <div className="p-4">
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  return (
    <>
      {query.data.grants.length === 0 ? (
        <BlankState Icon={KeyRound} title="No grant runs">
          When somebody opens a thread in your reach, their grant stands here until it ends.
        </BlankState>
      ) : (
        <GrantTable
          grants={query.data.grants}
          withPerson
          caseHref={(caseId) => `/cases/${caseId}`}
          onRevoke={setRevoking}
        />
      )}
      <RevokeDialog grant={revoking} onClose={() => setRevoking(null)} />
    </>
  );
}
