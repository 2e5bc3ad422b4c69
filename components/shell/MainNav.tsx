"use client";

import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { DropdownMenu } from "radix-ui";
import { useSignedIn } from "./me.tsx";
import { type Place, placesOf } from "./places.ts";

/** How many stand in the bar itself: on a page of middling width, and on a wide one. */
const [MIDDLING, WIDE] = [3, 7];
const isHere = (path: string, { below }: Place): boolean =>
  below.some((start) => path === start || path.startsWith(`${start}/`));

/** The pages of this person: in the bar as many as fit, the others under "More"; on a phone all in a menu. */
export function MainNav() {
  const path = usePathname();
  const places = placesOf(useSignedIn());
  const here = places.find((place) => isHere(path, place));
  const place = here ? places.indexOf(here) : -1;
  return (
    <nav aria-label="Main" className="flex h-full min-w-0 items-stretch">
      {places.slice(0, WIDE).map((one, n) => (
        <Link
          key={one.href}
          href={one.href}
          prefetch={false}
          aria-current={one === here ? "page" : undefined}
          className={clsx(
            "hidden items-center border-b-2 px-2.5 whitespace-nowrap no-underline",
            n < MIDDLING ? "sm:flex" : "xl:flex",
            one === here
              ? "border-accent font-semibold text-ink"
              : "border-transparent text-muted hover:text-ink",
          )}
        >
          {one.label}
        </Link>
      ))}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          className={clsx(
            "flex items-center gap-1 border-b-2 border-transparent px-2 whitespace-nowrap text-muted hover:text-ink sm:px-2.5",
            here && "max-sm:border-accent max-sm:font-semibold max-sm:text-ink",
            place >= MIDDLING && "max-xl:border-accent max-xl:font-semibold max-xl:text-ink",
            place >= WIDE && "border-accent! font-semibold text-ink",
            places.length <= WIDE && "xl:hidden",
          )}
        >
          <span className="max-sm:hidden">More</span>
          <span className="max-w-28 truncate sm:hidden">{here?.label ?? "Menu"}</span>
          <ChevronDown aria-hidden className="size-4 shrink-0" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Content align="start" sideOffset={4} className="panel z-40 min-w-52 p-1.5 shadow-lg">
          {places.map((one, n) => (
            <DropdownMenu.Item key={one.href} asChild>
              <Link
                href={one.href}
                prefetch={false}
                aria-current={one === here ? "page" : undefined}
                className={clsx(
                  "flex min-h-8 items-center rounded px-2 text-ink no-underline outline-none data-highlighted:bg-accent-soft data-highlighted:text-accent",
                  n < MIDDLING ? "sm:hidden" : n < WIDE && "xl:hidden",
                  one === here && "font-semibold",
                )}
              >
                {one.label}
              </Link>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Root>
    </nav>
  );
}
