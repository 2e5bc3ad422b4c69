import { SideScroll } from "../ui/SideScroll.tsx";
import { type Block, guideInline } from "./guideBlocks.ts";

/** A guide of ours, drawn from its blocks. */
export function Guide({ blocks }: { blocks: readonly Block[] }) {
  return (
    <article className="mx-auto grid w-full max-w-3xl gap-3 p-4 leading-relaxed sm:py-10">
      <Blocks blocks={blocks} />
    </article>
  );
}

function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, n) => <Drawn key={`${n.toString()}-${block.kind}`} block={block} />);
}

function Drawn({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading":
      if (block.level === 1)
        return (
          <h1 className="text-xl">
            <Line text={block.text} />
          </h1>
        );
      return block.level === 2 ? (
        <h2 className="mt-3 text-lg">
          <Line text={block.text} />
        </h2>
      ) : (
        <h3 className="mt-2 text-base">
          <Line text={block.text} />
        </h3>
      );
    case "paragraph":
      return (
        <p>
          <Line text={block.text} />
        </p>
      );
    case "code":
      return (
        <SideScroll label="Command">
          <pre className="w-max min-w-full rounded border border-line bg-sunken px-3 py-2 text-[0.93rem]">
            {block.text}
          </pre>
        </SideScroll>
      );
    case "list": {
      const items = block.items.map((item, n) => (
        <li key={n.toString()} className="space-y-1.5">
          <Blocks blocks={item} />
        </li>
      ));
      return block.ordered ? (
        <ol className="list-decimal space-y-2 pl-6">{items}</ol>
      ) : (
        <ul className="list-disc space-y-1 pl-6">{items}</ul>
      );
    }
    case "table":
      return (
        <SideScroll label={block.heads.join(", ")}>
          <table className="w-full text-left">
            <thead>
              <tr className="text-muted">
                {block.heads.map((head) => (
                  <th key={head} scope="col" className="py-1 pr-4 font-normal">
                    <Line text={head} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row) => (
                <tr key={row.join("|")} className="border-t border-line align-top">
                  {row.map((cell, n) => (
                    <td key={block.heads[n] ?? n} className="py-1 pr-4">
                      <Line text={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </SideScroll>
      );
  }
}

function Line({ text }: { text: string }) {
  return guideInline(text).map((piece, n) => {
    const key = `${n.toString()}-${piece.kind}`;
    if (piece.kind === "code")
      return (
        <code key={key} className="rounded-sm bg-sunken px-1 text-[0.93em] break-words">
          {piece.text}
        </code>
      );
    if (piece.kind === "strong") return <strong key={key}>{piece.text}</strong>;
    if (piece.kind === "link")
      return (
        <a key={key} href={piece.href} rel="noreferrer noopener" target="_blank" className="underline">
          {piece.text}
        </a>
      );
    return piece.text;
  });
}
