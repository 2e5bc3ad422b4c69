import "./withoutEval.ts";
import { type LiveEvent, liveEvent } from "../../contracts/live.ts";

/**
 * Live events for any number of tabs over one connection: HTTP/1.1 allows six a host, so a stream per tab would stall
 * the sixth tab. The tab that holds the lock listens and tells the others. Events carry ids only.
 */
export type LiveState = "connecting" | "live" | "lost";
type Message = { event: LiveEvent } | { state: LiveState } | { ask: true };

const CHANNEL = "unseal-live";

/**
 * Starts listening. `onEvent` gets every event, `onState` whether the stream stands; after `lost` → `live` the caller
 * must ask again for what it shows, since events may have been missed. Returns the way to stop.
 */
export function startLive(
  onEvent: (event: LiveEvent) => void,
  onState: (state: LiveState) => void,
): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  const stop = new AbortController();
  let leading: { state: LiveState } | null = null;

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ("event" in data) onEvent(data.event);
    else if ("state" in data) onState(data.state);
    else if (leading) channel.postMessage({ state: leading.state } satisfies Message);
  };
  channel.postMessage({ ask: true } satisfies Message);

  const lead = (): Promise<void> =>
    new Promise((release) => {
      const own = { state: "connecting" as LiveState };
      leading = own;
      const tell = (state: LiveState): void => {
        own.state = state;
        onState(state);
        channel.postMessage({ state } satisfies Message);
      };
      let source: EventSource | null = null;
      let retry: ReturnType<typeof setTimeout> | undefined;
      const connect = (): void => {
        source = new EventSource("/api/live");
        source.onopen = () => tell("live");
        source.onmessage = (message) => {
          const event = readEvent(message.data);
          if (!event) return;
          onEvent(event);
          channel.postMessage({ event } satisfies Message);
        };
        source.onerror = () => {
          tell("lost");
          // The browser retries a broken stream by itself, but gives up for good on an HTTP error.
          if (source?.readyState !== EventSource.CLOSED) return;
          retry = setTimeout(connect, 5_000 + Math.random() * 5_000);
        };
      };
      connect();
      stop.signal.addEventListener("abort", () => {
        clearTimeout(retry);
        source?.close();
        leading = null;
        release();
      });
    });

  // Without a secure context (plain HTTP on a name other than localhost) there are no locks: each tab listens itself.
  if (!navigator.locks) void lead();
  else
    navigator.locks.request(CHANNEL, { signal: stop.signal }, lead).catch(() => {
      // Stopped while waiting for the lock: nothing to give back.
    });
  return () => {
    stop.abort();
    channel.close();
  };
}

function readEvent(data: unknown): LiveEvent | null {
  if (typeof data !== "string") return null;
  try {
    return liveEvent.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}
