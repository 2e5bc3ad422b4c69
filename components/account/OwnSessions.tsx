"use client";

import { useQuery } from "@tanstack/react-query";
import { endOwnSession, fetchOwnSessions } from "../access/api.ts";
import { asking } from "../api/queries.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Instant, Time } from "../ui/Time.tsx";
import { useAct } from "../ui/useAct.ts";
import { Waiting } from "../ui/Waiting.tsx";
import { HostileText } from "../view/HostileText.tsx";
import { SESSIONS_KEY } from "./keys.ts";

/** Where the person is signed in, and the end of it elsewhere. */
export function OwnSessions() {
  const query = useQuery({
    queryKey: SESSIONS_KEY,
    queryFn: (context) => fetchOwnSessions(asking(context)),
  });
  const { busy, act } = useAct(SESSIONS_KEY);
  return (
    <section aria-labelledby="own-sessions" className="grid gap-2 px-4">
      <h2 id="own-sessions" className="text-base">
        Your sessions
      </h2>
      {query.isPending && <Waiting label="Reading your sessions" lines={3} />}
      {query.isError && !query.data && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <ul aria-label="Your sessions" className="panel divide-y divide-line">
          {query.data.sessions.map((session) => (
            <li key={session.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5">
              <div className="min-w-0">
                <p>
                  Signed in <Time at={session.createdAt} both /> from {session.ip ?? "an unknown address"}{" "}
                  {session.current && <Badge tone="accent">This session</Badge>}
                </p>
                <p className="text-[0.857rem] text-muted">
                  Last used <Time at={session.lastSeenAt} />, ends <Instant at={session.expiresAt} />
                </p>
                {session.userAgent && (
                  <div className="text-[0.857rem] text-muted">
                    <HostileText text={session.userAgent} />
                  </div>
                )}
              </div>
              {!session.current && (
                <Button
                  small
                  look="danger"
                  className="ml-auto"
                  busy={busy === session.id}
                  onClick={() =>
                    void act(session.id, () => endOwnSession(session.id), "The session has ended")
                  }
                >
                  End it
                  <span className="sr-only">: session from {session.ip ?? "an unknown address"}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
