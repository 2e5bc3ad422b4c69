"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { OpenedDelivery } from "../../contracts/legal/deliveries.ts";
import { ApiError } from "../api/ApiError.ts";
import { save } from "../api/saveAnswer.ts";
import { fetchPacket } from "./api.ts";
import { sha512Of } from "./sha512.ts";

/** Largest packet that a page takes into its memory. A larger one the browser writes to disk by itself. */
const MOST_HERE = 256 * 1024 * 1024;

const BROKEN = {
  type: "about:blank",
  title: "It broke off on the way",
  status: 0,
  code: "broken-off",
  detail: "Nothing whole was kept. Try again; the link is still good.",
};

/**
 * Brings the packet to the recipient's machine with a hash of what came, and hashes a file that lies there already. One at
 * a time; each can be stopped, and stops with the page.
 */
export function useTransfer(packet: OpenedDelivery, onHash: (hash: string | null) => void) {
  const [busy, setBusy] = useState<"download" | "check" | null>(null);
  const [done, setDone] = useState(0);
  const [total, setTotal] = useState(0);
  const [downloaded, setDownloaded] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);
  const stop = useCallback(() => running.current?.abort(), []);
  useEffect(() => stop, [stop]);

  const run = async (
    what: "download" | "check",
    size: number,
    act: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> => {
    const here = new AbortController();
    running.current?.abort();
    running.current = here;
    setBusy(what);
    setDone(0);
    setTotal(size);
    setError(null);
    try {
      await act(here.signal);
    } catch (cause) {
      if (!here.signal.aborted) setError(cause instanceof ApiError ? cause : new ApiError(BROKEN));
    } finally {
      if (running.current === here) setBusy(null);
    }
  };

  const download = (): void => {
    setDownloaded(false);
    void run("download", packet.sizeBytes, async (signal) => {
      const pieces: Uint8Array<ArrayBuffer>[] = [];
      const stream = await fetchPacket(packet.ticket, signal);
      const hash = await sha512Of(stream, {
        kept: (piece) => pieces.push(new Uint8Array(piece)),
        told: setDone,
        signal,
      });
      const whole = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
      // What a server ends early can look whole to a browser.
      if (packet.encryption === "none" && whole !== packet.sizeBytes) throw new ApiError(BROKEN);
      save(new Blob(pieces, { type: "application/octet-stream" }), packet.fileName);
      setDownloaded(true);
      // Of an encrypted file it says nothing about the packet in it.
      if (packet.encryption === "none") onHash(hash);
    });
  };
  const check = (file: File): void => {
    onHash(null);
    void run("check", file.size, async (signal) => {
      onHash(await sha512Of(file.stream(), { told: setDone, signal }));
    });
  };
  return {
    busy,
    done,
    total,
    downloaded,
    error,
    /** Whether this page can hold it. */
    here: packet.sizeBytes <= MOST_HERE,
    download,
    check,
    stop,
  };
}
