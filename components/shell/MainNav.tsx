"use client";

import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { DropdownMenu } from "radix-ui";
import { useSignedIn } from "./me.tsx";
import { type Place, placesOf } from "./places.ts";

/** Up to this many stand side by side on a page of middling width. */
const FEW = 4;
const isHere = (path: string, { below }: Place): boolean =>
  below.some((start) => path === start || path.startsWith(`${start}/`));

/** The way to every place: side by side where they fit, else the first two and a menu, on a phone the menu alone. */
export function MainNav() {
  const path = usePathname();
  const places = placesOf(useSignedIn()).filter(({ own }) => !own);
  const few = places.length <= FEW;
  const here = places.find((place) => isHere(path, place));
  return (
    <nav aria-label="Main" className="flex h-full min-w-0 items-stretch">
      {places.map((place, n) => (
        <Link
          key={place.href}
          href={place.href}
          prefetch={false}
          aria-current={place === here ? "page" : undefined}
          className={clsx(
            "items-center border-b-2 px-2 whitespace-nowrap no-underline sm:px-2.5",
            places.length > 2 && "max-sm:hidden",
            !few && n > 1 && "max-xl:hidden",
            place === here
              ? "border-accent font-semibold text-ink"
              : "border-transparent text-muted hover:text-ink",
            "flex",
          )}
        >
          {place.label}
        </Link>
      ))}
      {places.length > 2 && (
        <div className={clsx("flex items-stretch", few ? "sm:hidden" : "xl:hidden")}>
          <DropdownMenu.Root modal={false}>
            <DropdownMenu.Trigger
              className={clsx(
                "flex items-center gap-1 border-b-2 border-transparent px-2 whitespace-nowrap text-muted hover:text-ink",
                here && "max-sm:border-accent max-sm:font-semibold max-sm:text-ink",
              )}
            >
              <span className="max-sm:hidden">More</span>
              <span className="sm:hidden">{here?.label ?? "Menu"}</span>
              <ChevronDown aria-hidden className="size-4" />
            </DropdownMenu.Trigger>
            <DropdownMenu.Content
              align="start"
              sideOffset={4}
              className="panel z-40 min-w-44 p-1.5 shadow-lg"
            >
              {places.map((place, n) => (
                <DropdownMenu.Item key={place.href} asChild>
                  <Link
                    href={place.href}
                    prefetch={false}
                    aria-current={place === here ? "page" : undefined}
                    className={clsx(
                      "flex min-h-8 items-center rounded px-2 text-ink no-underline outline-none data-highlighted:bg-accent-soft data-highlighted:text-accent aria-[current=page]:font-semibold",
                      n < 2 && "sm:hidden",
                    )}
                  >
                    {place.label}
                  </Link>
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Content>
          </DropdownMenu.Root>
        </div>
      )}
    </nav>
  );
}
