"use client";

import type { ComponentProps } from "react";
import { WriteDialog } from "./request/WriteDialog.tsx";

type Props = Omit<ComponentProps<typeof WriteDialog>, "label" | "pointer" | "required">;

/** Asks for the reason of an act that cannot be taken back, and says what it will do. */
export function ReasonDialog({ children, ...rest }: Props) {
  return (
    <WriteDialog {...rest} label="Reason" pointer="/reason">
      <p>{children}</p>
    </WriteDialog>
  );
}
