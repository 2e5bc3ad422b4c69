import { CANARY_MARK } from "../support/canary.ts";
import { STRAY_PATH } from "./recorder.ts";

/**
 * Runs in every page before its own scripts: after each change of the document, and when the page is being left, it looks
 * for the mark outside an open view, and reports to the recorder. So even what flashes up for a moment is seen.
 */
export const WATCH = `(${watch.toString()})(${JSON.stringify(CANARY_MARK)}, ${JSON.stringify(STRAY_PATH)})`;

function watch(mark: string, path: string): void {
  const isOpen = () => document.querySelector("[data-watermark]") !== null;
  const look = (when: string): void => {
    const html = document.documentElement?.outerHTML ?? "";
    const at = html.toLowerCase().indexOf(mark);
    if (at !== -1 && !isOpen()) navigator.sendBeacon(path, `${when}: ${html.slice(at, at + 28)}`);
    if (document.title.toLowerCase().includes(mark)) navigator.sendBeacon(path, `title: ${document.title}`);
  };
  const leaving = (event: Event): void => {
    // Left: the view must be gone by now, whether its frame is or not.
    const html = document.documentElement.outerHTML.toLowerCase();
    if (html.includes(mark))
      navigator.sendBeacon(path, `${event.type}: ${html.slice(html.indexOf(mark)).slice(0, 28)}`);
  };
  let armed = false;
  new MutationObserver(() => {
    look("change");
    if (armed || !isOpen()) return;
    // Registered late, hence called after the page's own listeners.
    armed = true;
    window.addEventListener("pagehide", leaving);
    document.addEventListener("freeze", leaving);
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  window.addEventListener("pageshow", () => look("pageshow"));
}
