"use client";

import clsx from "clsx";
import type { ProductionDetail } from "../../../contracts/legal/productions.ts";
import { Badge } from "../../ui/Badge.tsx";
import { SideScroll } from "../../ui/SideScroll.tsx";
import { sizeWords } from "../../view/AttachmentPointer.tsx";
import { counted } from "../../words.ts";
import { PART_STATE_WORDS, PART_WORDS } from "./words.ts";

/** Every file of the bag in its order, and what of it is there. Names of files hold no content. */
export function PartsTable({ production }: { production: ProductionDetail }) {
  const { parts, partsLeftOut } = production;
  if (parts.length === 0)
    return (
      <p className="text-muted">
        {production.state === "discarded" ? "They are deleted." : "The files are not laid out yet."}
      </p>
    );
  return (
    <>
      <SideScroll label="Files of the bag">
        <table className="w-full text-left">
          <thead>
            <tr className="text-muted">
              {["File", "What it is", "State", "Records", "Size", "SHA-512"].map((head) => (
                <th
                  key={head}
                  scope="col"
                  className={clsx(
                    "py-1 pr-4 font-normal whitespace-nowrap",
                    (head === "Records" || head === "Size") && "text-right",
                  )}
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => {
              const { name, tone } = PART_STATE_WORDS[part.state];
              return (
                <tr key={part.n} className="border-t border-line">
                  <th scope="row" className="py-1 pr-4 font-normal whitespace-nowrap">
                    <code className="text-[0.857rem]">{part.path}</code>
                  </th>
                  <td className="py-1 pr-4 whitespace-nowrap">{PART_WORDS[part.kind]}</td>
                  <td className="py-1 pr-4">
                    <Badge tone={tone}>{name}</Badge>
                  </td>
                  <td className="py-1 pr-4 text-right">
                    {part.records > 0 ? part.records.toLocaleString("en-GB") : "–"}
                  </td>
                  <td className="py-1 pr-4 text-right whitespace-nowrap">
                    {part.sizeBytes === null ? "–" : sizeWords(part.sizeBytes)}
                  </td>
                  <td className="py-1">
                    {part.sha512 ? (
                      <code
                        className="block max-w-40 truncate text-[0.786rem]"
                        title={`SHA-512 ${part.sha512}`}
                      >
                        {part.sha512}
                      </code>
                    ) : (
                      "–"
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </SideScroll>
      {partsLeftOut > 0 && (
        <p className="mt-1 text-muted">
          {counted(partsLeftOut, "further file")} {partsLeftOut === 1 ? "is" : "are"} not listed here; the
          bag’s manifest names all.
        </p>
      )}
    </>
  );
}
