import type { PacketMessage } from "../model.ts";

/** Relativity advises no more events in one file. */
export const MOST_EVENTS = 10_000;
/** UTF-16 units of text in one slice, about: a slice is held in memory, deflated, while it is written. */
const MOST_TEXT = 16 * 1024 * 1024;

/** One RSMF file: what was said in one conversation on one day in UTC, or a part of that. */
export interface RsmfSlice {
  readonly conversation: string;
  /** `2026-05-01` */
  readonly day: string;
  /** Of that day, from 1. */
  readonly slice: number;
  readonly events: number;
  readonly firstBates: string;
  readonly lastBates: string;
}

const DAY_MS = 86_400_000;
let known = { n: Number.NaN, day: "" };

/** The day of a message: by it slices are cut. */
export function dayOf({ sentAt }: Pick<PacketMessage, "sentAt">): string {
  const n = Math.floor(sentAt.getTime() / DAY_MS);
  // Messages of one day follow each other.
  if (n !== known.n) known = { n, day: sentAt.toISOString().slice(0, 10) };
  return known.day;
}

/**
 * Tells the slices of a conversation from its messages, fed in the order of their Bates numbers. Nothing of them is held.
 */
export class RsmfSlicer {
  #open: { -readonly [Key in keyof RsmfSlice]: RsmfSlice[Key] } | null = null;
  #text = 0;

  /** @returns the slice that ended before this message, when one did */
  add(message: PacketMessage): RsmfSlice | null {
    const { conversation, bates } = message;
    const day = dayOf(message);
    let text = 0;
    for (const { body } of message.revisions) text += body?.text.length ?? 0;
    const open = this.#open;
    if (open && open.conversation === conversation && open.day === day) {
      if (open.events < MOST_EVENTS && this.#text + text <= MOST_TEXT) {
        open.events += 1;
        open.lastBates = bates;
        this.#text += text;
        return null;
      }
      this.#begin(message, day, open.slice + 1, text);
      return open;
    }
    this.#begin(message, day, 1, text);
    return open;
  }

  /** @returns the last slice, when there was any message */
  end(): RsmfSlice | null {
    const open = this.#open;
    this.#open = null;
    return open;
  }

  #begin({ conversation, bates }: PacketMessage, day: string, slice: number, text: number): void {
    this.#open = { conversation, day, slice, events: 1, firstBates: bates, lastBates: bates };
    this.#text = text;
  }
}
