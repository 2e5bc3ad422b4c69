import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type FetchChoices, FetchFailure, fetchPinned } from "./fetchPinned.ts";

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});

const choices = (origin: string, more: Partial<FetchChoices> = {}): FetchChoices => ({
  origins: [origin],
  inside: true,
  header: "authorization",
  credentials: null,
  most: 1_000_000,
  ...more,
});

/** Fetches all of it. @returns its size, or why it did not come */
async function outcome(address: string, given: FetchChoices): Promise<number | string> {
  try {
    let size = 0;
    for await (const piece of (await fetchPinned(address, given)).bytes) size += piece.length;
    return size;
  } catch (error) {
    expect(error).toBeInstanceOf(FetchFailure);
    expect(String(error)).not.toContain("127.0.0.1");
    return (error as FetchFailure).cause;
  }
}

describe("a file of a platform", () => {
  test("comes, with the credentials and nothing else of ours", async () => {
    const seen: Record<string, unknown>[] = [];
    const origin = await serve((request, response) => {
      seen.push(request.headers);
      response.end("placeholder");
    });
    expect(await outcome(`${origin}/media/1?k=v`, choices(origin, { credentials: "Bearer token" }))).toBe(11);
    expect(seen[0]).toMatchObject({ authorization: "Bearer token", "accept-encoding": "identity" });
    expect(seen[0]).not.toHaveProperty("cookie");
  });

  test("is not asked for at an origin that was not allowed, by any spelling", async () => {
    let asked = 0;
    const origin = await serve((_, response) => {
      asked++;
      response.end("secret");
    });
    const port = new URL(origin).port;
    const given = choices("https://cdn.example.org");
    for (const address of [
      `${origin}/`,
      `http://localhost:${port}/`,
      `http://0x7f.1:${port}/`,
      "https://cdn.example.org.attacker.example/",
      "https://cdn.example.org@127.0.0.1/",
      "https://user:word@cdn.example.org/",
      "http://cdn.example.org/",
      "https://cdn.example.org:8443/",
      "file:///etc/hostname",
      "//cdn.example.org/1",
      "not an address",
      "",
    ])
      expect(await outcome(address, given), address).toBe("origin");
    expect(asked).toBe(0);
  });

  test("without TLS comes only from an origin that may lie inside", async () => {
    const given = choices("http://cdn.example.org", { inside: false });
    expect(await outcome("http://cdn.example.org/1", given)).toBe("origin");
  });

  test("whose name lies in a private network is not asked for, in company of a public address either", async () => {
    const given = (...addresses: string[]) =>
      choices("https://cdn.example.org", {
        inside: false,
        resolve: async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      });
    for (const inside of [
      "127.0.0.1",
      "10.1.2.3",
      "169.254.169.254",
      "192.168.0.1",
      "::1",
      "fd00::1",
      "::ffff:10.0.0.1",
    ]) {
      expect(await outcome("https://cdn.example.org/1", given(inside)), inside).toBe("inside");
      expect(await outcome("https://cdn.example.org/1", given("93.184.216.34", inside)), inside).toBe(
        "inside",
      );
    }
    expect(await outcome("https://cdn.example.org/1", given())).toBe("inside");
  });

  test("of a name that changes its mind is fetched from where the name lay when it was checked", async () => {
    const origin = await serve((_, response) => response.end("checked"));
    const name = `http://cdn.example.org:${new URL(origin).port}`;
    let times = 0;
    const size = await outcome(
      `${name}/1`,
      choices(name, {
        resolve: async () => [{ address: times++ === 0 ? "127.0.0.1" : "10.0.0.1", family: 4 }],
      }),
    );
    expect([size, times]).toEqual([7, 1]);
  });

  test("behind a redirect does not come, wherever it points", async () => {
    let followed = 0;
    const origin = await serve((request, response) => {
      if (request.url !== "/1") followed++;
      response.writeHead(302, { location: "http://169.254.169.254/latest" }).end();
    });
    expect(await outcome(`${origin}/1`, choices(origin))).toBe("redirect");
    expect(followed).toBe(0);
  });

  test.each([
    [404, "gone"],
    [410, "gone"],
    [401, "not-allowed"],
    [403, "not-allowed"],
    [500, "unreachable"],
    [204, "strange"],
    [206, "strange"],
  ])("answered with %d is %s", async (status, cause) => {
    const origin = await serve((_, response) => response.writeHead(status).end());
    expect(await outcome(`${origin}/1`, choices(origin))).toBe(cause);
  });

  test("in a coding that nobody asked for is strange", async () => {
    const origin = await serve((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end("x"),
    );
    expect(await outcome(`${origin}/1`, choices(origin))).toBe("strange");
  });

  test("of 5 GB is not begun where its size is told, and left where it is not", async () => {
    const told = await serve((_, response) => {
      response.writeHead(200, { "content-length": 5_000_000_000 });
      response.write("x");
    });
    expect(await outcome(`${told}/1`, choices(told))).toBe("too-large");
    let sent = 0;
    let closed = false;
    const piece = Buffer.alloc(64 * 1024);
    const untold = await serve((_, response) => {
      response.once("close", () => {
        closed = true;
      });
      const more = () => {
        while (!response.destroyed) {
          sent += piece.length;
          if (!response.write(piece)) {
            response.once("drain", more);
            return;
          }
        }
      };
      more();
    });
    expect(await outcome(`${untold}/1`, choices(untold))).toBe("too-large");
    await expect.poll(() => closed).toBe(true);
    expect(sent).toBeLessThan(50_000_000);
  });

  test("that breaks off is not whole", async () => {
    const short = await serve((_, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("only a part");
      setTimeout(() => response.destroy(), 20);
    });
    expect(await outcome(`${short}/1`, choices(short))).toBe("unreachable");
    const chunked = await serve((_, response) => {
      response.write("only a part");
      setTimeout(() => response.destroy(), 20);
    });
    expect(await outcome(`${chunked}/1`, choices(chunked))).toBe("unreachable");
  });

  test("is late when no answer begins, when its name is not found out, and when it stops coming", async () => {
    const silent = await serve(() => {});
    expect(await outcome(`${silent}/1`, choices(silent, { begin: 50 }))).toBe("late");
    const stuck = choices(silent, { begin: 50, resolve: () => new Promise(() => {}) });
    expect(await outcome(`${silent}/1`, stuck)).toBe("late");
    const stops = await serve((_, response) => {
      response.write("and then nothing");
    });
    expect(await outcome(`${stops}/1`, choices(stops, { idle: 50 }))).toBe("late");
    const drips = await serve((_, response) => {
      const drip = setInterval(() => response.write("x"), 10);
      response.once("close", () => clearInterval(drip));
    });
    expect(await outcome(`${drips}/1`, choices(drips, { idle: 500, whole: 100 }))).toBe("late");
  });

  test("is not late because whoever takes it takes their time", async () => {
    const origin = await serve((_, response) => response.end(Buffer.alloc(3_000_000)));
    const { bytes } = await fetchPinned(`${origin}/1`, choices(origin, { idle: 100, most: 3_000_000 }));
    let size = (await bytes.next()).value?.length ?? 0;
    await new Promise((passed) => setTimeout(passed, 400));
    for await (const piece of bytes) size += piece.length;
    expect(size).toBe(3_000_000);
  });

  test("that nobody wants any more is given up", async () => {
    const giveUp = new AbortController();
    const origin = await serve((_, response) => {
      response.write("x");
      setTimeout(() => giveUp.abort(), 20);
    });
    expect(await outcome(`${origin}/1`, choices(origin, { signal: giveUp.signal }))).toBe("cancelled");
    expect(await outcome(`${origin}/1`, choices(origin, { signal: giveUp.signal }))).toBe("cancelled");
  });

  test("that is read in part leaves no connection behind", async () => {
    let closed = false;
    const origin = await serve((_, response) => {
      response.once("close", () => {
        closed = true;
      });
      response.write(Buffer.alloc(200_000));
    });
    const { bytes } = await fetchPinned(`${origin}/1`, choices(origin));
    await bytes.next();
    await bytes.return();
    await expect.poll(() => closed).toBe(true);
  });

  test("from nowhere is unreachable", async () => {
    const origin = await serve(() => {});
    const [server] = servers.splice(0);
    await new Promise((closed) => server?.close(closed));
    expect(await outcome(`${origin}/1`, choices(origin))).toBe("unreachable");
  });
});
