/** Something to close before the process ends: a pool, a listener. */
type Closer = () => Promise<unknown>;

// On the global object, since Next's bundles and the shell around them load this module apart.
const KEY = Symbol.for("unseal.shutdown");
type Holder = typeof globalThis & { [KEY]?: Set<Closer> };

function closers(): Set<Closer> {
  const holder: Holder = globalThis;
  holder[KEY] ??= new Set();
  return holder[KEY];
}

/** Registers what must be closed when the process is told to end. */
export function onShutdown(close: Closer): void {
  closers().add(close);
}

/** Closes everything that was registered, in no order. One that fails does not keep the others from closing. */
export async function closeEverything(): Promise<void> {
  const all = [...closers()];
  closers().clear();
  await Promise.allSettled(all.map((close) => close()));
}
