const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a part of an address has the form of an id of ours. */
export function isId(value: string): boolean {
  return UUID.test(value);
}
