/** What a transcript is made of: plain values, wherever they come from. */
export interface TranscriptThread {
  /** The thread's id on the platform. */
  readonly id: string;
  /** Full name of the product in which it was written. */
  readonly product: string;
  readonly participants: readonly TranscriptParticipant[];
}

export interface TranscriptParticipant {
  readonly id: string;
  readonly handle: string | null;
  readonly displayName: string | null;
}

export interface TranscriptAttachment {
  /** The name under which it is filed, or its id on the platform. */
  readonly id: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly md5: string | null;
  readonly sha256: string | null;
}

export interface TranscriptMessage {
  /** The message's id on the platform. */
  readonly id: string;
  readonly senderId: string;
  readonly sentAt: Date;
  /** Such as `text` or `system`. */
  readonly kind: string;
  /** Null where there never was a text, or it is gone. */
  readonly body: string | null;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly flagged: boolean;
  readonly attachments: readonly TranscriptAttachment[];
}

export type Messages = AsyncIterable<TranscriptMessage> | Iterable<TranscriptMessage>;

/** A thread's participants by id, with the names by which people know them. */
export function namesOf(thread: TranscriptThread): (senderId: string) => string {
  const names = new Map(thread.participants.map((one) => [one.id, one.handle ?? one.displayName ?? ""]));
  return (senderId) => names.get(senderId) ?? "";
}
