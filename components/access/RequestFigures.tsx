import type { RequestDto } from "../../contracts/access.ts";
import { counted } from "../words.ts";

/** What would be seen, in figures: nothing of what is said. */
export function RequestFigures({ would }: { would: RequestDto["would"] }) {
  const { messages, participants, minors, attachments, threads } = would;
  return (
    <>
      {counted(messages, "message")}, {counted(participants, "participant")}
      {minors > 0 && (
        <>
          {" "}
          (<strong>{counted(minors, "minor")}</strong>)
        </>
      )}
      {attachments > 0 && `, ${counted(attachments, "attachment")}`}
      {threads > 1 && `, in up to ${counted(threads, "thread")}`}
    </>
  );
}
