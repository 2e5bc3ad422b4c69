"use client";

import { Command } from "cmdk";
import { useRef } from "react";
import { Dialog } from "../ui/Dialog.tsx";
import { Kbd } from "../ui/Kbd.tsx";
import { useOfferedCommands } from "./commands.tsx";

const SHELL = ["Go to", "Colours", "Unseal"];

/** Every command of the page and of the shell, found by typing. */
export function CommandPalette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const commands = useOfferedCommands();
  const input = useRef<HTMLInputElement>(null);
  const named = [...new Set(commands.map(({ group }) => group))];
  // What the page offers stands before what is there always.
  const groups = [
    ...named.filter((name) => !SHELL.includes(name)),
    ...named.filter((name) => SHELL.includes(name)),
  ];
  return (
    <Dialog open={open} onClose={onClose} title="Commands" bare initialFocus={input}>
      <Command label="Commands" loop>
        <Command.Input
          ref={input}
          placeholder="Type a command"
          className="w-full border-b border-line bg-transparent px-4 py-3 text-base outline-none placeholder:text-muted"
        />
        <Command.List className="max-h-[50vh] overflow-auto p-1.5">
          <Command.Empty className="px-3 py-6 text-center text-muted">No such command.</Command.Empty>
          {groups.map((group) => (
            <Command.Group
              key={group}
              heading={<span className="heading px-2">{group}</span>}
              className="py-1"
            >
              {commands
                .filter((command) => command.group === group)
                .map((command) => (
                  <Command.Item
                    key={command.id}
                    value={`${command.label} ${command.id}`}
                    onSelect={() => {
                      onClose();
                      command.run();
                    }}
                    className="flex min-h-8 items-center justify-between gap-4 rounded px-2 data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent"
                  >
                    {command.label}
                    {command.keys && <Kbd keys={command.keys} />}
                  </Command.Item>
                ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}
