"use client";

import { createContext, useContext } from "react";
import type { SchemaVersion } from "../../../domain/cybertip/model/versions.ts";
import type { Path } from "../../../domain/cybertip/pointer.ts";
import type { ProblemIndex } from "./problems.ts";

/** What every field of a generated form needs to know. */
export interface FormApi {
  readonly version: SchemaVersion;
  readonly readOnly: boolean;
  readonly problems: ProblemIndex;
  /** Writes a value at a place of the document; `undefined` takes it out. */
  readonly edit: (path: Path, value: unknown) => void;
  /** Fields that nobody types, by their name: what is said in their place. */
  readonly derived: (name: string, path: Path) => string | null;
}

const Context = createContext<FormApi | null>(null);
export const FormProvider = Context.Provider;

/** The form around a field. */
export function useForm(): FormApi {
  const form = useContext(Context);
  if (!form) throw new Error("No form around this field");
  return form;
}

/** The element of a field; a list, a group or the button that adds a field have one too. */
export const idOf = (pointer: string): string => `field${pointer}`;
