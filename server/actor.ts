/**
 * Whoever makes a call, as far as the process knows: a session token and where the call came from. Who that is, and what
 * they may do, the database works out from the token, each time.
 */
export interface Actor {
  /** The session token; null for somebody who is not signed in. */
  readonly token: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string;
  /** The page asked by itself (a heartbeat, a refresh): this does not keep an idle session alive. */
  readonly background: boolean;
}

/** The database's answer to a verb: what it did, or the code of its refusal (`domain/denials.ts`). */
export type Answer<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly code: string };
