export type NcmecEnvironment = "production" | "test" | "local";

/** Where the service lives (its documentation, 2025-06-11). */
const BASES = {
  production: "https://report.cybertip.org/ispws",
  test: "https://exttest.cybertip.org/ispws",
} as const;

/** The service as it is called: place, credentials, patience. Cannot be printed or turned into JSON by accident. */
export class NcmecService {
  readonly environment: NcmecEnvironment;
  readonly base: string;
  readonly patience: Patience;
  /** Further authorities whose certificates are trusted; null for those that Node knows. */
  readonly authorities: string | null;
  readonly #authorization: string;

  /** @throws RangeError when the place does not fit the environment; its message holds no credentials */
  constructor(about: {
    readonly environment: NcmecEnvironment;
    readonly username: string;
    readonly password: string;
    /** Only for `local`: an address of this machine. */
    readonly base?: string;
    readonly patience?: Partial<Patience>;
    readonly authorities?: string;
  }) {
    this.environment = about.environment;
    this.base = about.environment === "local" ? localBase(about.base) : BASES[about.environment];
    this.patience = { ...PATIENCE, ...about.patience };
    this.authorities = about.authorities ?? null;
    if (about.username.includes(":"))
      throw new RangeError("A user name for Basic authentication holds no colon.");
    this.#authorization = `Basic ${Buffer.from(`${about.username}:${about.password}`).toString("base64")}`;
  }

  /** The header that signs a call in (RFC 7617). */
  authorization(): string {
    return this.#authorization;
  }
}

export interface Patience {
  /** Milliseconds until a connection stands, TLS included. */
  readonly connect: number;
  /** Milliseconds in which nothing may move in either direction. */
  readonly idle: number;
  /** Milliseconds for a whole call; uploads have no such limit, since files have none. */
  readonly whole: number;
  /** Most bytes that are read of an answer. */
  readonly answerBytes: number;
}

const PATIENCE: Patience = { connect: 10_000, idle: 60_000, whole: 120_000, answerBytes: 1_048_576 };

function localBase(base: string | undefined): string {
  const url = base !== undefined && URL.canParse(base) ? new URL(base) : null;
  const local =
    (url?.protocol === "http:" || url?.protocol === "https:") &&
    ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (!url || !local)
    throw new RangeError("The local service lies on this machine, such as http://127.0.0.1:4010/ispws.");
  return `${url.origin}${url.pathname.replace(/\/$/, "")}`;
}
