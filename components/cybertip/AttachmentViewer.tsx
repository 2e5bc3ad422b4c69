"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Eye, Palette, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { ReportFile } from "../../contracts/cybertip.ts";
import { errorWords } from "../api/ApiError.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { sizeWords } from "../view/AttachmentPointer.tsx";
import { HostileText } from "../view/HostileText.tsx";
import { useOutOfSight } from "../view/useOutOfSight.ts";
import { Watermark } from "../view/Watermark.tsx";
import { openAttachment, recordShown, reportKeys } from "./api.ts";
import { fetchAttachment } from "./fetchAttachment.ts";

type Props = { viewId: string; file: ReportFile; reportId: string; onClose: () => void };
type Shown =
  | { kind: "image"; bitmap: ImageBitmap }
  | { kind: "video" | "audio"; url: string }
  | { kind: "text"; text: string }
  | { kind: "other" };

/** Longest text that is drawn; a file beyond it is not shown whole, so it cannot count as viewed. */
const MOST_TEXT = 200_000;

/**
 * One file of the platform, fetched when asked for: blurred and grey, then grey, then as it is. That it was shown
 * clearly goes on record before it is. Bytes live in this component and go with it.
 */
export function AttachmentViewer({ viewId, file, reportId, onClose }: Props) {
  const client = useQueryClient();
  const outOfSight = useOutOfSight();
  const [shown, setShown] = useState<Shown | null>(null);
  const [readingId, setReadingId] = useState<string | null>(null);
  const [got, setGot] = useState(0);
  const [clear, setClear] = useState(false);
  const [colour, setColour] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { messageId, revision, ordinal, mediaType } = file;

  useEffect(() => {
    const stop = new AbortController();
    let made: Shown | null = null;
    const run = async (): Promise<void> => {
      try {
        const opened = await openAttachment(viewId, { messageId, revision, ordinal });
        const blob = await fetchAttachment(opened.readingId, mediaType, setGot, stop.signal);
        const next = await drawable(blob, mediaType);
        if (stop.signal.aborted) return forget(next);
        made = next;
        setReadingId(opened.readingId);
        setShown(next);
      } catch (refusal) {
        if (!stop.signal.aborted) setError(refusal);
      }
    };
    void run();
    return () => {
      stop.abort();
      forget(made);
    };
  }, [viewId, messageId, revision, ordinal, mediaType]);

  const showClearly = async (): Promise<void> => {
    if (readingId === null) return;
    setBusy(true);
    try {
      await recordShown(readingId);
      setClear(true);
      void client.invalidateQueries({ queryKey: reportKeys.one(reportId) });
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const words = error == null ? null : errorWords(error);
  return (
    <div className="grid gap-2 rounded border border-line bg-sunken p-3">
      <div className="flex flex-wrap items-center gap-2">
        {shown && shown.kind !== "other" && !clear && (
          <Button small busy={busy} onClick={() => void showClearly()}>
            <Eye aria-hidden className="size-4" />
            Show it clearly
          </Button>
        )}
        {clear && shown?.kind !== "text" && (
          <Button small onClick={() => setColour((on) => !on)}>
            <Palette aria-hidden className="size-4" />
            {colour ? "In grey" : "In colour"}
          </Button>
        )}
        <span role="status" className="text-muted">
          {!shown && !words && `Fetching… ${sizeWords(got)} of ${sizeWords(file.sizeBytes)}`}
          {shown?.kind === "other" &&
            "This kind of file is not shown here. Its hash is the one that was recorded; it can be reported unseen."}
          {shown &&
            shown.kind !== "other" &&
            (clear
              ? "Shown clearly: on record as viewed by us."
              : "Blurred and grey. Showing it clearly goes on record as viewed by us.")}
        </span>
        <Button small look="quiet" className="ml-auto" onClick={onClose}>
          <X aria-hidden className="size-4" />
          Put it away
        </Button>
      </div>
      {words && (
        <Notice tone="warn" announce="alert" title={words.title}>
          {words.detail}
        </Notice>
      )}
      {shown && shown.kind !== "other" && !outOfSight && (
        <div data-sealed-content className="relative overflow-clip">
          <Watermark viewId={viewId} />
          <div className={`overflow-clip ${clear ? "" : "blur-xl"} ${colour ? "" : "grayscale"}`}>
            <Drawn shown={shown} clear={clear} />
          </div>
        </div>
      )}
    </div>
  );
}

function Drawn({ shown, clear }: { shown: Exclude<Shown, { kind: "other" }>; clear: boolean }) {
  if (shown.kind === "image") return <Picture bitmap={shown.bitmap} />;
  if (shown.kind === "text")
    return (
      <div aria-hidden={!clear} className="max-h-96 overflow-auto bg-surface p-2">
        <HostileText text={clear ? shown.text : shown.text.replaceAll(/\S/g, "x")} />
      </div>
    );
  if (shown.kind === "audio") return <audio controls={clear} muted preload="metadata" src={shown.url} />;
  return (
    <video
      controls={clear}
      muted
      playsInline
      disablePictureInPicture
      preload="metadata"
      src={shown.url}
      className="max-h-[60vh] max-w-full"
    />
  );
}

/** Drawn from the bytes in memory: no address, nothing that could be loaded again. */
function Picture({ bitmap }: { bitmap: ImageBitmap }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    element.width = bitmap.width;
    element.height = bitmap.height;
    element.getContext("2d")?.drawImage(bitmap, 0, 0);
    return () => {
      element.width = 0;
    };
  }, [bitmap]);
  return <canvas ref={canvas} role="img" aria-label="The attachment" className="max-h-[60vh] max-w-full" />;
}

async function drawable(blob: Blob, mediaType: string): Promise<Shown> {
  const [family] = mediaType.toLowerCase().split("/");
  if (family === "image" && !mediaType.includes("svg"))
    return createImageBitmap(blob).then(
      (bitmap) => ({ kind: "image", bitmap }),
      () => ({ kind: "other" }),
    );
  if (family === "video" || family === "audio") return { kind: family, url: URL.createObjectURL(blob) };
  if (family === "text" && blob.size <= MOST_TEXT) return { kind: "text", text: await blob.text() };
  return { kind: "other" };
}

function forget(shown: Shown | null): void {
  if (shown?.kind === "image") shown.bitmap.close();
  if (shown?.kind === "video" || shown?.kind === "audio") URL.revokeObjectURL(shown.url);
}
