import { Paperclip } from "lucide-react";
import type { ViewContent } from "../../contracts/disclosure.ts";
import { HostileText } from "./HostileText.tsx";

type Attachment = ViewContent["messages"][number]["attachments"][number];

/** An attachment is a pointer: what it is, never the thing itself. Nothing is fetched. */
export function AttachmentPointer({ attachment }: { attachment: Attachment }) {
  const { mediaType, sizeBytes, sha256, md5, perceptualHash, location } = attachment;
  return (
    <div className="mt-1 rounded border border-dashed border-seal-line bg-seal px-2.5 py-1.5 text-seal-ink">
      <p className="flex flex-wrap items-center gap-x-1.5">
        <Paperclip aria-hidden className="size-4" />
        <HostileText text={mediaType} inline />
        <span>· {sizeWords(sizeBytes)}</span>
        <span>· media is not shown here</span>
      </p>
      <dl className="font-mono text-[0.786rem] leading-snug">
        <Hash name="SHA-256" value={sha256} />
        <Hash name="MD5" value={md5} />
        <Hash name="Perceptual" value={perceptualHash} />
      </dl>
      {location !== null && (
        <p className="font-mono text-[0.786rem] leading-snug break-all">
          <HostileText text={location} inline />
        </p>
      )}
    </div>
  );
}

function Hash({ name, value }: { name: string; value: string | null }) {
  if (value === null) return null;
  return (
    <div className="flex gap-2">
      <dt className="shrink-0">{name}</dt>
      <dd className="min-w-0 break-all">{value}</dd>
    </div>
  );
}

/** `820 B`, `1.4 MB`. */
export function sizeWords(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}
