/**
 * Moves the focus to the next or previous of what a selector names, as seen from where the focus is.
 *
 * @param around from the last to the first
 */
export function stepAmong(list: HTMLElement | null, by: 1 | -1, selector: string, around = false): void {
  if (!list) return;
  const all = [...list.querySelectorAll<HTMLElement>(selector)];
  const here = document.activeElement;
  let next: HTMLElement | undefined;
  if (by > 0)
    next = all.find(
      (one) => here === null || (here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) > 0,
    );
  else
    next = all.findLast(
      (one) => here !== null && (here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING) > 0,
    );
  next ??= around ? all[0] : undefined;
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}
