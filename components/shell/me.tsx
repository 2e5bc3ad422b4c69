"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { MeDto } from "../../contracts/session.ts";

const Context = createContext<MeDto | null>(null);

/** The person signed in, as the page was drawn. What they may do is decided by the server on every request. */
export function MeProvider({ me, children }: { me: MeDto; children: ReactNode }) {
  return <Context value={me}>{children}</Context>;
}

/** The person signed in. */
export function useSignedIn(): MeDto {
  const me = useContext(Context);
  if (!me) throw new Error("No one is signed in above this component");
  return me;
}
