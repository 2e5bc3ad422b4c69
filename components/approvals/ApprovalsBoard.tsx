"use client";

import { useQueryState } from "nuqs";
import { useEffect } from "react";
import { useGrants, useRequests } from "../access/queries.ts";
import { useSignedIn } from "../shell/me.tsx";
import { mayAskAccess, mayRevokeOthers, maySeeInbox } from "../shell/rights.ts";
import { PageHead } from "../ui/PageHead.tsx";
import { type Tab, Tabs } from "../ui/Tabs.tsx";
import { Inbox } from "./Inbox.tsx";
import { LiveGrants } from "./LiveGrants.tsx";
import { OwnRequests } from "./OwnRequests.tsx";

type Shown = "inbox" | "mine" | "grants";

/** What waits for an answer, what this person has asked for, and the grants that run. */
export function ApprovalsBoard() {
  const me = useSignedIn();
  const may: Record<Shown, boolean> = {
    inbox: maySeeInbox(me),
    mine: mayAskAccess(me),
    grants: mayRevokeOthers(me),
  };
  const offered = (["inbox", "mine", "grants"] as const).filter((tab) => may[tab]);
  const [asked, setTab] = useQueryState("tab");
  const tab = offered.find((one) => one === asked) ?? offered[0] ?? "mine";
  const inbox = useRequests({ box: "inbox" }, may.inbox);
  const grants = useGrants("live", may.grants);
  useEffect(() => {
    document.title = "Approvals · Unseal";
  }, []);

  const labels: Record<Shown, string> = {
    inbox: `To answer${counted(inbox.requests.length, inbox.query.hasNextPage)}`,
    mine: "Asked by me",
    grants: `Running grants${counted(grants.data?.grants.length ?? 0, false)}`,
  };
  return (
    <div className="pb-8">
      <PageHead title="Approvals">Who asks to open what, and why. Nobody answers their own request.</PageHead>
      <Tabs
        label="Approvals"
        tabs={offered.map((value): Tab<Shown> => ({ value, label: labels[value] }))}
        value={tab}
        onChoose={(value) => void setTab(value)}
      >
        {tab === "inbox" && <Inbox {...inbox} />}
        {tab === "mine" && <OwnRequests />}
        {tab === "grants" && <LiveGrants query={grants} />}
      </Tabs>
    </div>
  );
}

const counted = (count: number, more: boolean): string => (count > 0 ? ` (${count}${more ? "+" : ""})` : "");
