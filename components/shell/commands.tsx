"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";

/** Something the command palette offers. Its words are ours: nothing from a thread. */
export type Command = { id: string; group: string; label: string; keys?: string; run: () => void };

type Registry = { set: (owner: object, commands: Command[]) => void; remove: (owner: object) => void };
const RegistryContext = createContext<Registry | null>(null);
const ListContext = createContext<Command[]>([]);

/** Holds what the pages offer to the palette. */
export function CommandsProvider({ children }: { children: ReactNode }) {
  const [offered, setOffered] = useState<ReadonlyMap<object, Command[]>>(new Map());
  const registry = useMemo<Registry>(
    () => ({
      set: (owner, commands) => setOffered((before) => new Map(before).set(owner, commands)),
      remove: (owner) =>
        setOffered((before) => {
          const after = new Map(before);
          after.delete(owner);
          return after;
        }),
    }),
    [],
  );
  const list = useMemo(() => [...offered.values()].flat(), [offered]);
  return (
    <RegistryContext value={registry}>
      <ListContext value={list}>{children}</ListContext>
    </RegistryContext>
  );
}

/** Everything on offer now. */
export function useOfferedCommands(): Command[] {
  return useContext(ListContext);
}

/**
 * Offers commands while the component is there. The list is compared by id, label and keys; the latest `run` is used
 * always.
 */
export function useCommands(commands: Command[]): void {
  const registry = useContext(RegistryContext);
  const latest = useRef(commands);
  const [owner] = useState(() => ({}));
  useEffect(() => {
    latest.current = commands;
  });
  const shape = JSON.stringify(commands.map(({ id, group, label, keys }) => ({ id, group, label, keys })));
  useEffect(() => {
    const shapes: Omit<Command, "run">[] = JSON.parse(shape);
    registry?.set(
      owner,
      shapes.map((command) => ({
        ...command,
        run: () => latest.current.find(({ id }) => id === command.id)?.run(),
      })),
    );
  }, [registry, owner, shape]);
  useEffect(() => () => registry?.remove(owner), [registry, owner]);
}
