import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { asking, isKeptUp, LOOK } from "./queries.ts";

test("the first reading is the person's, and each one after it the page's own", async () => {
  const client = new QueryClient();
  const asked: boolean[] = [];
  const read = () =>
    client.fetchQuery({
      queryKey: ["example"],
      queryFn: (context) => {
        asked.push(asking(context).background);
        return "shown";
      },
    });
  await read();
  await read();
  expect(asked).toEqual([false, true]);
  client.clear();
});

test("what is an event each time it is read is not read again when a lost stream stands again", async () => {
  const client = new QueryClient();
  const read: string[] = [];
  const shown = [undefined, LOOK].map((meta) => {
    const name = meta ? "trail" : "queue";
    return new QueryObserver(client, {
      queryKey: [name],
      queryFn: () => read.push(name),
      staleTime: Number.POSITIVE_INFINITY,
      meta,
    }).subscribe(() => {});
  });
  await expect.poll(() => read.length).toBe(2);
  await client.invalidateQueries({ predicate: isKeptUp });
  expect(read).toEqual(["queue", "trail", "queue"]);
  for (const leave of shown) leave();
  client.clear();
});
