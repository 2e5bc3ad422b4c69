import { idOf } from "./FormContext.tsx";
import { upwards } from "./problems.ts";

const FOCUSABLE = "input, select, textarea, button";

/**
 * Leads to a field: unfolds what hides it, brings it into view and gives it the focus. Where the field is not drawn, to
 * the innermost thing that would hold it.
 *
 * @returns whether anything was found
 */
export function goToField(pointer: string): boolean {
  for (const place of upwards(pointer)) {
    const element = document.getElementById(idOf(place));
    if (!element) continue;
    for (let fold = element.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null)
      fold.open = true;
    const target = element.matches(FOCUSABLE)
      ? element
      : (element.querySelector<HTMLElement>(FOCUSABLE) ?? element);
    element.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
    return true;
  }
  return false;
}
