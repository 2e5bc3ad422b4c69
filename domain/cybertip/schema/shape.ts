/**
 * A schema laid flat, so that two can be compared whatever names and nesting they use for the same: what each element
 * (`report/victim/email`) and attribute (`report/victim/email/@type`) may be.
 */
export type Shape = ReadonlyMap<string, Slot>;

export interface Slot {
  /** How often: `1..1`, `0..1`, `0..n`, `1..n`. */
  readonly often: string;
  /** Built-in type, pattern, order of what is inside. */
  readonly type: string;
  /** Values to choose from, sorted. Null where anything of the type goes. */
  readonly values: readonly string[] | null;
}
