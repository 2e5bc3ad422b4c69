"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { asking, LOOK } from "../api/queries.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { fetchSignal, signalKeys } from "./api.ts";
import { SignalRecord } from "./SignalRecord.tsx";

/** A signal in full, over the list that it was opened from. */
export function SignalDialog({ signalId, onClose }: { signalId: string | null; onClose: () => void }) {
  return (
    <Dialog open={signalId !== null} onClose={onClose} title="Signal of misuse" wide>
      {signalId !== null && (
        <div className="-m-4">
          <LoadedSignal key={signalId} signalId={signalId} />
        </div>
      )}
    </Dialog>
  );
}

function LoadedSignal({ signalId }: { signalId: string }) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: signalKeys.one(signalId),
    queryFn: (context) => fetchSignal(signalId, asking(context)),
    meta: LOOK,
  });
  if (query.isPending) return <Waiting label="Reading the signal" lines={10} />;
  if (query.isError)
    return (
      <div className="p-4">
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  return (
    <SignalRecord
      signal={query.data.signal}
      onChanged={() => client.invalidateQueries({ queryKey: signalKeys.all })}
    />
  );
}
