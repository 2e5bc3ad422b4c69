import { HostileText } from "../view/HostileText.tsx";

/** A sentence that somebody wrote, in the run of a line: inert like all such text, and not cut. */
export function Said({ text }: { text: string }) {
  return <HostileText inline text={text} className="max-w-full whitespace-normal" />;
}
