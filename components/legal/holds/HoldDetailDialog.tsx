"use client";

import { Badge } from "../../ui/Badge.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { SideScroll } from "../../ui/SideScroll.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { Waiting } from "../../ui/Waiting.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { useHold } from "./queries.ts";
import { STEP_WORDS } from "./words.ts";

/** The threads that a hold keeps with their hashes, and what happened to it. */
export function HoldDetailDialog({ holdId, onClose }: { holdId: string | null; onClose: () => void }) {
  const { data, error, isPending, refetch } = useHold(holdId);
  return (
    <Dialog open={holdId !== null} onClose={onClose} title="Threads and steps of the hold" wide>
      {isPending && <Waiting label="Reading the hold" lines={6} />}
      {error && !data && <Failed error={error} onRetry={() => void refetch()} />}
      {data && (
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <section>
            <h3 className="heading mb-1">What happened</h3>
            <ol className="grid gap-1.5">
              {data.steps.map((step) => (
                <li key={`${step.at} ${step.what}`} className="border-l-4 border-line pl-3">
                  <p>
                    <strong>{STEP_WORDS[step.what]}</strong>{" "}
                    <span className="text-muted">
                      {step.by?.name ?? "Unseal itself"}, {utcWords(step.at, true)}
                      {step.until && `, until ${utcWords(step.until)}`}
                    </span>
                  </p>
                  {step.reason && <HostileText text={step.reason} />}
                </li>
              ))}
            </ol>
          </section>
          <section className="min-w-0">
            <h3 className="heading mb-1">Threads ({data.frozen.threads.toLocaleString("en-GB")})</h3>
            {data.threads.length < data.frozen.threads + data.arrived && (
              <p className="text-muted">
                The first {data.threads.length.toLocaleString("en-GB")}, those that differ first.
              </p>
            )}
            <SideScroll label="Threads of the hold">
              <table className="w-full text-left">
                <thead>
                  <tr className="text-muted">
                    {["Thread", "Region", "Held since", "Messages", "SHA-256 at freeze", "Last check"].map(
                      (head) => (
                        <th key={head} scope="col" className="py-1 pr-4 font-normal whitespace-nowrap">
                          {head}
                        </th>
                      ),
                    )}
                  </tr>
                </thead>
                <tbody>
                  {data.threads.map((thread) => (
                    <tr key={thread.threadId} className="border-t border-line">
                      <th scope="row" className="py-1 pr-4 font-mono text-[0.786rem] font-normal">
                        {thread.threadId.slice(-12)}
                      </th>
                      <td className="py-1 pr-4">{thread.region}</td>
                      <td className="py-1 pr-4 whitespace-nowrap">
                        {utcWords(thread.heldSince)}
                        {thread.arrived && " · came later"}
                      </td>
                      <td className="py-1 pr-4">{thread.messages?.toLocaleString("en-GB") ?? "–"}</td>
                      <td className="max-w-60 truncate py-1 pr-4 font-mono text-[0.786rem]">
                        {thread.sha256 ?? "not hashed yet"}
                      </td>
                      <td className="py-1 whitespace-nowrap">
                        {thread.same === null ? (
                          <span className="text-muted">not compared</span>
                        ) : (
                          <Badge tone={thread.same ? "ok" : "danger"}>
                            {thread.same ? "As it was" : "Differs"}
                          </Badge>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </SideScroll>
          </section>
        </div>
      )}
    </Dialog>
  );
}
