"use client";

import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { Badge } from "../ui/Badge.tsx";
import { Time } from "../ui/Time.tsx";
import type { Card } from "./cards.ts";

/** One figure of the desk, and the way to what it counts. */
export function DeskCard({ card: { title, href, figure, says, urgent, tone, due } }: { card: Card }) {
  return (
    <li className="panel relative flex flex-col gap-1 px-4 py-3 hover:border-edge">
      <h2 className="heading">
        <Link
          href={href}
          prefetch={false}
          className="text-ink no-underline after:absolute after:inset-0 after:content-['']"
        >
          {title}
        </Link>
      </h2>
      {figure !== null && (
        <p className="text-2xl leading-tight font-semibold">{figure.toLocaleString("en-GB")}</p>
      )}
      <p className="text-muted">{says}</p>
      {(urgent || due) && (
        <p className="mt-auto flex flex-wrap items-center gap-2 pt-1">
          {urgent && (
            <Badge tone={tone}>
              <TriangleAlert aria-hidden className="size-3.5" />
              {urgent}
            </Badge>
          )}
          {due && (
            <span className="text-[0.857rem] text-muted">
              next due <Time at={due} />
            </span>
          )}
        </p>
      )}
    </li>
  );
}
