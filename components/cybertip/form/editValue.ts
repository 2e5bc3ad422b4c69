import type { Path } from "../../../domain/cybertip/pointer.ts";

/** What a document of the model holds while it is being written: plain objects, lists, texts, numbers, true and false. */
type Held = Readonly<Record<string, unknown>>;

const isHeld = (value: unknown): value is Held =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a path leads to; undefined where it leads nowhere. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (typeof step === "number") value = Array.isArray(value) ? value[step] : undefined;
    else value = isHeld(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

/**
 * The same document with another value at one place. What lies on the way is made where it is missing; everything beside
 * the way stays the very object that it was. `undefined` takes the value out, and an entry of a list; with the last
 * entry the list goes.
 */
export function withValueAt(root: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list: readonly unknown[] = Array.isArray(root) ? root : [];
    const next = withValueAt(list[step], rest, value);
    if (next === undefined)
      return step === 0 && list.length <= 1 ? undefined : list.filter((_, i) => i !== step);
    return step < list.length ? list.map((one, i) => (i === step ? next : one)) : [...list, next];
  }
  const held = isHeld(root) ? root : {};
  const next = withValueAt(Object.hasOwn(held, step) ? held[step] : undefined, rest, value);
  if (next !== undefined) return { ...held, [step]: next };
  return Object.fromEntries(Object.entries(held).filter(([name]) => name !== step));
}

/** Whether somebody has written something: `false` and 0 are answers, a blank text or an empty list are none. */
export function saysSomething(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === "string") return value.trim() !== "";
  if (Array.isArray(value)) return value.some(saysSomething);
  return typeof value === "object" ? Object.values(value).some(saysSomething) : true;
}
