import { AsyncLocalStorage } from "node:async_hooks";

/** What the server shell knows about the request being served. Nothing here can be set by the client. */
export type RequestContext = {
  /** A random UUID, in the answer's `x-request-id` too. */
  readonly id: string;
  /** The client's address; null when the shell cannot tell. */
  readonly address: string | null;
};

// The shell runs outside Next's bundles and the handlers inside: one storage on the global object serves both.
const KEY = Symbol.for("unseal.request");
type Holder = typeof globalThis & { [KEY]?: AsyncLocalStorage<RequestContext> };

function storage(): AsyncLocalStorage<RequestContext> {
  const holder: Holder = globalThis;
  holder[KEY] ??= new AsyncLocalStorage<RequestContext>();
  return holder[KEY];
}

/** Runs `act` as part of a request. Only the server shell and workers call it. */
export function withRequest<Result>(context: RequestContext, act: () => Result): Result {
  return storage().run(context, act);
}

/** The request being served; undefined outside one, and when Next was started without our shell. */
export function currentRequest(): RequestContext | undefined {
  return storage().getStore();
}
