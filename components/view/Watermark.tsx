"use client";

import { useSignedIn } from "../shell/me.tsx";

const TILES = Array.from({ length: 48 }, (_, tile) => tile);

/**
 * The view's id and the reader's name, tiled over what is open, so that a picture of the screen says which view it was
 * taken from. Takes no clicks, hides no word, is not copied along, and is no news to a screen reader.
 */
export function Watermark({ viewId }: { viewId: string }) {
  const { name } = useSignedIn();
  return (
    <div aria-hidden className="watermark" data-watermark={viewId}>
      {TILES.map((tile) => (
        <span key={tile} data-mark={`${viewId} · ${name}`} />
      ))}
    </div>
  );
}
