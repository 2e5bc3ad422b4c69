import type { RegisterPage } from "../../contracts/cybertip.ts";
import { Notice } from "../ui/Notice.tsx";
import { Time } from "../ui/Time.tsx";
import { ENVIRONMENT_WORDS } from "./words.ts";

/** What of the settings of the service somebody should know before they file. */
export function ServiceNotice({ service }: { service: RegisterPage["service"] }) {
  const { live, environment, reporterKnown, schemaCheck, schemaVersion } = service;
  return (
    <div className="grid gap-2 px-4 py-3 empty:hidden">
      {schemaCheck?.outcome === "changed" && (
        <Notice tone="warn" title="NCMEC’s schema has moved on">
          It is no longer the version {schemaVersion} that reports are written by (seen{" "}
          <Time at={schemaCheck.at} />
          ). Have an administrator look at the differences (<code>unseal cybertip status</code>) before
          anything is filed.
        </Notice>
      )}
      {!reporterKnown && (
        <Notice tone="warn" title="The settings do not say who reports">
          No report can be handed in until an administrator of the machine has set it (
          <code>unseal cybertip reporter</code>).
        </Notice>
      )}
      {!live && (
        <Notice title="Filing through the service is off">
          Reports are exported and filed by hand until an administrator turns it on.
        </Notice>
      )}
      {live && environment !== "production" && (
        <Notice tone="warn" title={`For practice only: ${ENVIRONMENT_WORDS[environment]}`}>
          What is filed now reaches nobody who could act on it.
        </Notice>
      )}
    </div>
  );
}
