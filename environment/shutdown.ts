/** Something to close before the process ends: a pool, a listener. */
type Closer = () => Promise<unknown>;

// On the global object, since Next's bundles and the shell around them load this module apart.
const KEY = Symbol.for("unseal.shutdown");
type Holder = typeof globalThis & { [KEY]?: { closers: Set<Closer>; drain: AbortController } };

function state() {
  const holder: Holder = globalThis;
  holder[KEY] ??= { closers: new Set(), drain: new AbortController() };
  return holder[KEY];
}

/** Registers what must be closed when the process is told to end. */
export function onShutdown(close: Closer): void {
  state().closers.add(close);
}

/**
 * Aborts as soon as the process is told to end, before requests are waited for. What would otherwise never end (a live
 * stream) listens to it and ends itself.
 */
export function draining(): AbortSignal {
  return state().drain.signal;
}

/** Tells everybody who listens to `draining` that the end has begun. */
export function beginDraining(): void {
  state().drain.abort();
}

/** Closes everything that was registered, in no order. One that fails does not keep the others from closing. */
export async function closeEverything(): Promise<void> {
  const { closers } = state();
  const all = [...closers];
  closers.clear();
  await Promise.allSettled(all.map((close) => close()));
}
