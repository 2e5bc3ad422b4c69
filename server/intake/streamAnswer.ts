/** How long the reader of an answer may leave it lying. */
const STALL_MS = 60_000;

/**
 * An answer that is made as it is read: nothing is asked of `pieces` before the piece before has been taken. A reader
 * that takes nothing for too long loses the connection, so that it cannot hold a place for ever.
 *
 * @param onEnd called once, however it ends
 */
export function streamAnswer(
  pieces: AsyncGenerator<Buffer>,
  onEnd: () => void,
  stallMs: number = STALL_MS,
): ReadableStream<Uint8Array> {
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    clearTimeout(timer);
    onEnd();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(timer);
        try {
          const piece = await pieces.next();
          if (piece.done) {
            end();
            controller.close();
            return;
          }
          controller.enqueue(piece.value);
        } catch (error) {
          end();
          controller.error(error);
          return;
        }
        timer = setTimeout(() => {
          controller.error(new Error("The reader of this answer stood still."));
          pieces.return(undefined).catch(() => {});
          end();
        }, stallMs);
      },
      async cancel() {
        end();
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
