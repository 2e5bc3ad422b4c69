import { QUEUE_SORTS } from "../domain/vocabulary.ts";
import { writeCursor } from "../server/triage/cursor.ts";
import { atLeast, atMost, type Figure, inTurn, rate } from "./harness.ts";
import { expectStatus } from "./httpClient.ts";
import { filledQueue, type Stage, signedIn } from "./stage.ts";

/** The queue page: against an empty handler, deep against first, a million cases against ten thousand. */
export async function benchQueuePage({ admin, baseUrl, say }: Stage): Promise<Figure[]> {
  say("filling a queue of 10,000 and one of 1,000,000 cases");
  const small = await filledQueue(admin, "small", 10_000);
  const large = await filledQueue(admin, "large", 1_000_000);
  const { token } = await signedIn(admin, [small, large]);
  const page = (queue: string, query = "") =>
    expectStatus(200, `${baseUrl}/api/queues/${queue}/cases?limit=50${query}`, { token });
  const empty = () => expectStatus(200, `${baseUrl}/api/health/live`);

  // Both ways of working, on every connection, until the engine has compiled them: a console is not measured at its start.
  await rate(16, 4, () => page(small));
  await rate(16, 2, empty);

  say("queue page, one client");
  const figures: Figure[] = [
    atMost(
      "queue page of 50 over HTTP, against an empty handler",
      await inTurn(400, () => page(small), empty),
      2,
    ),
  ];

  say("queue page, 16 clients");
  const rates = { work: [] as number[], floor: [] as number[] };
  for (let i = 0; i < 5; i++) {
    rates.work.push(await rate(16, 2, () => page(small)));
    rates.floor.push(await rate(16, 2, empty));
  }
  figures.push(atLeast("queue page of 50, 16 clients, against an empty handler", rates, 0.6));

  say("deep pages and other sorts");
  for (const sort of QUEUE_SORTS) {
    const order = { priority: "priority_rank, id", due: "due_at, id", oldest: "id", newest: "id desc" }[sort];
    const value = { priority: "priority_rank::text", due: "due_at::text", oldest: "null", newest: "null" }[
      sort
    ];
    const [at] = await admin.unsafe(
      `select id, ${value} as v from triage.cases where queue_id = '${large}' order by ${order} offset 900000 limit 1`,
    );
    const cursor = writeCursor({ id: at?.id, v: at?.v });
    figures.push(
      atMost(
        `queue page 90 % deep in 1,000,000 cases by ${sort}, against the first by priority`,
        await inTurn(
          200,
          () => page(large, `&sort=${sort}&cursor=${cursor}`),
          () => page(large),
        ),
        1.2,
      ),
    );
  }
  figures.push(
    atMost(
      "queue page of 1,000,000 cases, against 10,000",
      await inTurn(
        200,
        () => page(large),
        () => page(small),
      ),
      1.5,
    ),
  );
  return figures;
}
