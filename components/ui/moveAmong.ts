/** Moves the focus to the next or previous button of a list; to the first where none of them has it. */
export function moveAmong(list: HTMLElement | null, by: 1 | -1): void {
  const buttons = [...(list?.querySelectorAll<HTMLButtonElement>("button.row") ?? [])];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[at < 0 ? 0 : Math.max(0, Math.min(buttons.length - 1, at + by))]?.focus();
}
