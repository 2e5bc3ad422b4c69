import { SettingsError } from "../../environment/problem.ts";
import type { siemSettings } from "../../environment/settings.ts";

/** Files that a connection to a sink needs. They are read anew for each, so that they can be renewed in place. */
export interface Credentials {
  readonly caFile: string | null;
  readonly certFile: string | null;
  readonly keyFile: string | null;
  readonly tokenFile: string | null;
}

/** A place that events are pushed to. */
export type Sink = { readonly credentials: Credentials } & (
  | { readonly name: "syslog"; readonly host: string; readonly port: number }
  | { readonly name: "https"; readonly url: URL }
);

/**
 * The sinks of the settings: none, one or two.
 *
 * @throws SettingsError when settings that belong together do not come together
 */
export function sinksOf(settings: ReturnType<typeof siemSettings>): Sink[] {
  const { siemSyslogUrl, siemHttpsUrl, siemCertFile, siemKeyFile, siemTokenFile, siemCaFile } = settings;
  if ((siemCertFile === null) !== (siemKeyFile === null))
    throw new SettingsError([
      {
        name: "UNSEAL_SIEM_CLIENT_CERT_FILE",
        what: "and UNSEAL_SIEM_CLIENT_KEY_FILE are not given together",
        why: "a certificate without its key, or the other way round, proves nothing to a sink",
        how: "give both or neither",
      },
    ]);
  if (siemTokenFile !== null && siemHttpsUrl === null)
    throw new SettingsError([
      {
        name: "UNSEAL_SIEM_TOKEN_FILE",
        what: "is given and UNSEAL_SIEM_HTTPS_URL is not",
        why: "a token without an address is a slip, and events that somebody waits for would not come",
        how: "give the address too, or leave the token out",
      },
    ]);
  const credentials = {
    caFile: siemCaFile,
    certFile: siemCertFile,
    keyFile: siemKeyFile,
    tokenFile: siemTokenFile,
  };
  const sinks: Sink[] = [];
  if (siemSyslogUrl) sinks.push({ name: "syslog", ...siemSyslogUrl, credentials });
  if (siemHttpsUrl) sinks.push({ name: "https", url: siemHttpsUrl, credentials });
  return sinks;
}

/** Host and port, as the log and the officers see them. */
export function targetOf(sink: Sink): string {
  return sink.name === "syslog" ? `${sink.host}:${sink.port}` : sink.url.host;
}
