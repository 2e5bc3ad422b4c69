import { z } from "zod";
import {
  callAddress,
  databaseUrl,
  oneOf,
  onOff,
  privateFile,
  publicOrigin,
  pushUrl,
  someOf,
  strongSecret,
  wholeNumber,
  witnessList,
} from "./checks.ts";
import { eventsUrl, optional, readableFile, syslogTarget } from "./siemChecks.ts";

/** What the project knows about one setting: how it is checked, what stands in for it, and what to tell an operator. */
type Field<Schema extends z.ZodType> = {
  readonly name: string;
  readonly schema: Schema;
  /** Taken when the variable is unset. Without it the setting must be given. */
  readonly fallback?: string;
  readonly what: string;
  readonly why: string;
  readonly how: string;
};

const field = <Schema extends z.ZodType>(given: Field<Schema>) => given;

const BY_SETUP = "`unseal setup --admin-url … --out .env.unseal` writes it";

/** Every setting there is. The key is the name in code, `name` the environment variable. */
export const FIELDS = {
  databaseUrl: field({
    name: "DATABASE_URL",
    schema: databaseUrl,
    what: "PostgreSQL URL of the role unseal_web",
    why: "pages and the staff API reach the database as unseal_web, the role that cannot read bodies or keys",
    how: `give postgres://unseal_web:…@host:5432/unseal (off this machine with ?sslmode=verify-full); ${BY_SETUP}`,
  }),
  intakeDatabaseUrl: field({
    name: "INTAKE_DATABASE_URL",
    schema: databaseUrl,
    what: "PostgreSQL URL of the role unseal_intake",
    why: "intake writes flags as unseal_intake, a role that can add and never read back",
    how: `give postgres://unseal_intake:…@host:5432/unseal; ${BY_SETUP}`,
  }),
  workerDatabaseUrl: field({
    name: "WORKER_DATABASE_URL",
    schema: databaseUrl,
    what: "PostgreSQL URL of the role unseal_worker",
    why: "background jobs run as unseal_worker, with the rights of the jobs and no more",
    how: `give postgres://unseal_worker:…@host:5432/unseal; ${BY_SETUP}`,
  }),
  auditDatabaseUrl: field({
    name: "AUDIT_DATABASE_URL",
    schema: databaseUrl,
    what: "PostgreSQL URL of the role unseal_audit",
    why: "the log is continued, read and exported as unseal_audit, which sees events and nothing they are about",
    how: `give postgres://unseal_audit:…@host:5432/unseal; ${BY_SETUP}`,
  }),
  adminDatabaseUrl: field({
    name: "ADMIN_DATABASE_URL",
    schema: databaseUrl,
    what: "PostgreSQL URL of an administrator, for commands of the operator; serving processes never read it",
    why: "they make tables, staff, platforms and keys, or look for what was altered, which no serving role may do",
    how: "give it for this one command, and leave it out of the environment of serving processes",
  }),
  nextauthUrl: field({
    name: "NEXTAUTH_URL",
    schema: publicOrigin,
    what: "address under which staff reach the console",
    why: "sign-in compares it with the origin of each request, and cookies are marked secure by it",
    how: "give scheme, host and port, for instance https://unseal.example.org; http is taken for localhost only",
  }),
  nextauthSecret: field({
    name: "NEXTAUTH_SECRET",
    schema: strongSecret,
    what: "random secret of at least 32 bytes",
    why: "it signs what guards the sign-in form; who can guess it can forge it",
    how: `take the output of \`openssl rand -base64 48\`; ${BY_SETUP}`,
  }),
  keyFile: field({
    name: "UNSEAL_KEY_FILE",
    schema: privateFile,
    what: "path of the key ring that wraps the data keys",
    why: "without it no thread can be sealed or opened, and whoever else reads it can open them all",
    how: `give the path of a file of mode 0600 owned by the user that serves (chmod 600 …); ${BY_SETUP}`,
  }),
  logKeyFile: field({
    name: "LOG_SIGNING_KEY_FILE",
    schema: privateFile,
    what: "path of the keys that sign the log's checkpoints",
    why: "without it no event gets its place in the log; whoever else reads it can sign another log",
    how: "give the path of a file of mode 0600; `unseal log key new` makes it, `unseal setup` too",
  }),
  packetKeyFile: field({
    name: "PACKET_SIGNING_KEY_FILE",
    schema: optional(privateFile),
    fallback: "",
    what: "path of the key that packets for lawful requests are signed with",
    why: "without it no packet is finished; whoever else reads it can sign packets that pass for ours",
    how: "give the path of a file of mode 0600; `unseal packet key new` makes it, `unseal setup` too",
  }),
  logWitnesses: field({
    name: "LOG_WITNESSES",
    schema: witnessList,
    fallback: ",",
    what: "witnesses that cosign the log's checkpoints",
    why: "who holds database and key can rewrite the log; a witness outside this house will not cosign that",
    how: "give `vkey address` of each, separated by commas (c2sp.org/tlog-witness)",
  }),
  logArchiveDir: field({
    name: "LOG_ARCHIVE_DIR",
    schema: z.string(),
    fallback: "",
    what: "folder that gets every pushed checkpoint, each as a file that is never replaced",
    why: "on a write-once volume it shows later that the log was not rewritten",
    how: "give a folder that this user may add files to",
  }),
  logTsaUrl: field({
    name: "LOG_TSA_URL",
    schema: pushUrl,
    fallback: "",
    what: "time-stamp service (RFC 3161 over HTTP)",
    why: "its stamp fixes that the log had this root at this time",
    how: "give an https address, and LOG_TSA_CA_FILE",
  }),
  logTsaCaFile: field({
    name: "LOG_TSA_CA_FILE",
    schema: z.string(),
    fallback: "",
    what: "certificates (PEM) that the time-stamp service's own must lead to",
    why: "a stamp that nobody trusted signed is worth nothing",
    how: "give the path of the service's root certificate",
  }),
  logPushSeconds: field({
    name: "LOG_PUSH_SECONDS",
    schema: wholeNumber(1, 86_400),
    fallback: "10",
    what: "seconds between two pushes to witnesses and the folder",
    why: "what was signed since the last push is known in this house only",
    how: "give 1 to 86400",
  }),
  logTsaMinutes: field({
    name: "LOG_TSA_MINUTES",
    schema: wholeNumber(1, 10_080),
    fallback: "60",
    what: "minutes between two time-stamps",
    why: "services charge for stamps or limit them",
    how: "give 1 to 10080",
  }),
  dataDir: field({
    name: "UNSEAL_DATA_DIR",
    schema: z.string().min(1, "is empty"),
    fallback: ".data",
    what: "folder for what the demo and the local tools keep",
    why: "the demo's database, keys and accounts live there",
    how: "give a folder that this user may write",
  }),
  port: field({
    name: "PORT",
    schema: wholeNumber(1, 65535),
    fallback: "3000",
    what: "TCP port to listen on",
    why: "staff and platforms connect to it",
    how: "give a free port, for instance 3000",
  }),
  host: field({
    name: "HOST",
    schema: z.string().regex(/^[A-Za-z0-9.:-]+$/, "is not a host name or address"),
    fallback: "127.0.0.1",
    what: "address to listen on",
    why: "by default only this machine, or a proxy on it, can connect",
    how: "give 127.0.0.1 behind a proxy on this machine, 0.0.0.0 in a container",
  }),
  logLevel: field({
    name: "LOG_LEVEL",
    schema: oneOf(["fatal", "error", "warn", "info", "debug", "silent"]),
    fallback: "info",
    what: "least level that is logged",
    why: "logs carry allow-listed fields only, at every level",
    how: "give fatal, error, warn, info, debug or silent",
  }),
  serve: field({
    name: "UNSEAL_SERVE",
    schema: someOf(["web", "intake", "worker"]),
    fallback: "web,intake,worker",
    what: "which parts this machine serves",
    why: "parts may run apart, each with only the database role it needs",
    how: "give a comma-separated list of web, intake and worker",
  }),
  trustProxy: field({
    name: "UNSEAL_TRUST_PROXY",
    schema: onOff,
    fallback: "off",
    what: "whether the client's address is taken from X-Forwarded-For",
    why: "the audit log records where an act came from; anyone can send that header unless a proxy replaces it",
    how: "say on only behind a proxy that sets X-Forwarded-For itself; its last entry is taken",
  }),
  ticketWebhook: field({
    name: "UNSEAL_TICKET_WEBHOOK",
    schema: callAddress,
    fallback: "",
    what: "address of the ticket system that is asked whether a ticket exists",
    why: "where the access policy asks for a ticket, its form alone is checked otherwise",
    how: 'give an https URL that takes {"ticket": "…"} by POST and answers {"known": true} or {"known": false}',
  }),
  ticketWebhookPrivate: field({
    name: "UNSEAL_TICKET_WEBHOOK_PRIVATE",
    schema: onOff,
    fallback: "off",
    what: "whether the ticket system may lie in a private network or on this machine",
    why: "calls to private addresses are refused unless they are meant",
    how: "say on when the ticket system is yours and lies inside",
  }),
  sessionIdleMinutes: field({
    name: "UNSEAL_SESSION_IDLE_MINUTES",
    schema: wholeNumber(1, 60),
    fallback: "15",
    what: "minutes without a request after which a session ends",
    why: "an unattended desk must not stay open",
    how: "give 1 to 60",
  }),
  sessionHours: field({
    name: "UNSEAL_SESSION_HOURS",
    schema: wholeNumber(1, 24),
    fallback: "10",
    what: "hours after which a session ends in any case",
    why: "a stolen session must not outlive a shift",
    how: "give 1 to 24",
  }),
  siemSyslogUrl: field({
    name: "UNSEAL_SIEM_SYSLOG_URL",
    schema: optional(syslogTarget),
    fallback: "",
    what: "where events are sent as RFC 5424 syslog over TLS",
    why: "whoever watches for misuse elsewhere sees events as they happen; in clear they would be anybody's",
    how: "give tls://siem.example.org:6514, or leave it out to send none",
  }),
  siemHttpsUrl: field({
    name: "UNSEAL_SIEM_HTTPS_URL",
    schema: optional(eventsUrl),
    fallback: "",
    what: "where events are posted as OCSF 1.8.0, one line of JSON each",
    why: "whoever watches for misuse elsewhere sees events as they happen; in clear they would be anybody's",
    how: "give https://siem.example.org/events without a token in it, or leave it out to post none",
  }),
  siemTokenFile: field({
    name: "UNSEAL_SIEM_TOKEN_FILE",
    schema: optional(privateFile),
    fallback: "",
    what: "file with the bearer token for UNSEAL_SIEM_HTTPS_URL",
    why: "a token in an environment or an address is read by more than the one it is for",
    how: "give the path of a file of mode 0600 that holds the token alone; it is read anew for each delivery",
  }),
  siemCaFile: field({
    name: "UNSEAL_SIEM_CA_FILE",
    schema: optional(readableFile),
    fallback: "",
    what: "certificates (PEM) of the authorities that a sink's certificate is checked by",
    why: "events go to nobody who cannot prove the name in the address; checking cannot be switched off",
    how: "give the path of a PEM file when the sink's authority is your own; without it those of the system count",
  }),
  siemCertFile: field({
    name: "UNSEAL_SIEM_CLIENT_CERT_FILE",
    schema: optional(readableFile),
    fallback: "",
    what: "certificate (PEM) by which sinks know this sender",
    why: "a sink may take events only from senders that it knows (RFC 5425 §4.2)",
    how: "give the paths of the certificate and of its key (UNSEAL_SIEM_CLIENT_KEY_FILE), or neither",
  }),
  siemKeyFile: field({
    name: "UNSEAL_SIEM_CLIENT_KEY_FILE",
    schema: optional(privateFile),
    fallback: "",
    what: "private key of UNSEAL_SIEM_CLIENT_CERT_FILE",
    why: "whoever else reads it can send events in this console's name",
    how: "give the path of a PEM file of mode 0600, together with the certificate, or neither",
  }),
  siemStart: field({
    name: "UNSEAL_SIEM_START",
    schema: oneOf(["beginning", "now"]),
    fallback: "beginning",
    what: "where in the log a new sink begins",
    why: "a sink that begins now never sees what was before",
    how: "say beginning, or now when a long history is of no use to it",
  }),
  siemAlertMinutes: field({
    name: "UNSEAL_SIEM_ALERT_MINUTES",
    schema: wholeNumber(1, 1440),
    fallback: "15",
    what: "minutes of nothing but failures after which a failing sink becomes an event",
    why: "whoever silences the SIEM must not do so unseen",
    how: "give 1 to 1440",
  }),
  siemEnterprise: field({
    name: "UNSEAL_SIEM_ENTERPRISE_NUMBER",
    schema: wholeNumber(1, 4_294_967_295),
    fallback: "32473",
    what: "private enterprise number in the structured data of syslog",
    why: "receivers tell whose fields they read by it (RFC 5424 §7.2.2); 32473 is the one for examples",
    how: "give the number that IANA assigned to you, or leave it",
  }),
} as const;

export type FieldKey = keyof typeof FIELDS;

/** The typed value of a setting. */
export type FieldValue<Key extends FieldKey> = z.output<(typeof FIELDS)[Key]["schema"]>;
