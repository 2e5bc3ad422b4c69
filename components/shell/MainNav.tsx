"use client";

import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { DropdownMenu } from "radix-ui";
import { useSignedIn } from "./me.tsx";
import { PLACES, type Place } from "./places.ts";

/** The pages of this person: the everyday ones in the bar, the others under "More". */
export function MainNav() {
  const me = useSignedIn();
  const path = usePathname();
  const places = PLACES.filter((place) => place.may(me));
  const isHere = (place: Place): boolean =>
    place.below.some((start) => path === start || path.startsWith(`${start}/`));
  const folded = places.filter((place) => place.inBar !== "always");
  const hereInMore = folded.some((place) => place.inBar === undefined && isHere(place));
  return (
    <nav aria-label="Main" className="flex h-full items-stretch">
      {places
        .filter((place) => place.inBar)
        .map((place) => (
          <Link
            key={place.href}
            href={place.href}
            prefetch={false}
            aria-current={isHere(place) ? "page" : undefined}
            className={clsx(
              "items-center border-b-2 px-2 no-underline sm:px-2.5",
              place.inBar === "wide" ? "hidden md:flex" : "flex",
              isHere(place)
                ? "border-accent font-semibold text-ink"
                : "border-transparent text-muted hover:text-ink",
            )}
          >
            {place.label}
          </Link>
        ))}
      {folded.length > 0 && (
        <DropdownMenu.Root modal={false}>
          <DropdownMenu.Trigger
            className={clsx(
              "flex items-center gap-1 border-b-2 px-2 sm:px-2.5",
              hereInMore
                ? "border-accent font-semibold text-ink"
                : "border-transparent text-muted hover:text-ink",
            )}
          >
            More
            <ChevronDown aria-hidden className="size-4" />
          </DropdownMenu.Trigger>
          <DropdownMenu.Content align="start" sideOffset={4} className="panel z-40 min-w-56 p-1.5 shadow-lg">
            {folded.map((place) => (
              <DropdownMenu.Item key={place.href} asChild>
                <Link
                  href={place.href}
                  prefetch={false}
                  aria-current={isHere(place) ? "page" : undefined}
                  className={clsx(
                    "flex min-h-8 items-center rounded px-2 text-ink no-underline outline-none data-highlighted:bg-accent-soft data-highlighted:text-accent",
                    place.inBar === "wide" && "md:hidden",
                    isHere(place) && "font-semibold",
                  )}
                >
                  {place.label}
                </Link>
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Root>
      )}
    </nav>
  );
}
