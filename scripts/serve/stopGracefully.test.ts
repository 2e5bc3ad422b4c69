import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { draining, onShutdown } from "../../environment/shutdown.ts";
import { stopGracefully } from "./stopGracefully.ts";

afterEach(() => vi.restoreAllMocks());

test("a request under way is answered, then pools close, then the process exits with 0", async () => {
  const order: string[] = [];
  const server = createServer(async (_, response) => {
    order.push("request");
    await sleep(300);
    order.push("answer");
    response.end("done");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  onShutdown(async () => order.push("pool closed"));
  const exited = new Promise<number | undefined>((resolve) => {
    vi.spyOn(process, "exit").mockImplementation(((code?: number) => {
      order.push("exit");
      resolve(code);
      // Ends the verb as the real one would.
      throw new Error("exited");
    }) as typeof process.exit);
  });

  const answered = fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text());
  await expect.poll(() => order).toContain("request");
  const stopping = stopGracefully(
    server,
    { close: async () => void order.push("app closed") },
    "SIGTERM",
  ).catch(() => {});
  expect(draining().aborted).toBe(true);

  expect(await answered).toBe("done");
  expect(await exited).toBe(0);
  await stopping;
  expect(order.indexOf("answer")).toBeLessThan(order.indexOf("pool closed"));
  expect(order.at(-1)).toBe("exit");
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
});
