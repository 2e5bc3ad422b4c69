"use client";

import { Link2Off, LockKeyhole, MailOpen } from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { OpenedDelivery } from "../../contracts/legal/deliveries.ts";
import { codeOf, errorWords } from "../api/ApiError.ts";
import { BlankState } from "../ui/BlankState.tsx";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { openDelivery } from "./api.ts";
import { OpenedPacket } from "./OpenedPacket.tsx";

/** Form of a link's token. What does not have it is not asked for. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * A recipient's way to what was sent to them. Before link and code fit, this page knows nothing: not what it is about, not
 * from whom, not whether the link was ever good for anything.
 */
export function DeliveryPage() {
  /** Undefined until the page has looked; null where the link is not whole. */
  const [token, setToken] = useState<string | null | undefined>(undefined);
  const [opened, setOpened] = useState<OpenedDelivery | null>(null);
  const [again, setAgain] = useState(false);
  useEffect(() => {
    const take = (): void => {
      const told = window.location.hash.slice(1);
      if (told === "") {
        setToken((known) => known ?? null);
        return;
      }
      setToken(TOKEN.test(told) ? told : null);
      setOpened(null);
      // The address bar and the history show no more than that something is delivered here.
      window.history.replaceState(null, "", window.location.pathname);
    };
    take();
    const forget = (): void => {
      setOpened(null);
    };
    window.addEventListener("hashchange", take);
    window.addEventListener("pagehide", forget);
    return () => {
      window.removeEventListener("hashchange", take);
      window.removeEventListener("pagehide", forget);
    };
  }, []);

  if (token === undefined) return <Frame>{null}</Frame>;
  if (token === null)
    return (
      <Frame>
        <BlankState page Icon={Link2Off} title="This link is not whole">
          Copy all of the link that you were sent, to its last character, and open it. After this page was
          loaded anew, open the link once more.
        </BlankState>
      </Frame>
    );
  return (
    <Frame>
      {opened ? (
        <OpenedPacket
          packet={opened}
          onTicketOver={() => {
            setOpened(null);
            setAgain(true);
          }}
        />
      ) : (
        <CodeForm token={token} again={again} onOpened={setOpened} />
      )}
    </Frame>
  );
}

function Frame({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col gap-4 p-4 sm:py-10">
      <p className="flex items-center gap-1.5 font-semibold">
        <MailOpen aria-hidden className="size-4 text-accent" />
        Unseal
      </p>
      {children}
      <p className="mt-auto pt-4 text-muted">
        Each try, each download and your acknowledgement are recorded with the time and the address of your
        connection.
      </p>
    </main>
  );
}

type CodeProps = { token: string; again: boolean; onOpened: (packet: OpenedDelivery) => void };

function CodeForm({ token, again, onOpened }: CodeProps) {
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      onOpened(await openDelivery(token, code));
    } catch (refusal) {
      setError(refusal);
      setCode("");
      field.current?.focus();
    } finally {
      setBusy(false);
    }
  };
  const words = error == null ? null : errorWords(error);
  return (
    <form onSubmit={(event) => void submit(event)} className="panel grid gap-4 p-5" autoComplete="off">
      <h1 className="flex items-center gap-2 text-lg">
        <LockKeyhole aria-hidden className="size-5 text-accent" />
        Something was sent to you
      </h1>
      <p>
        The link that you opened is half of what is needed. The other half is a code of ten digits, which
        reaches you by another way: by phone, in person or by letter. Whoever sent the link tells you the code
        only at a number that they knew before.
      </p>
      {again && !words && (
        <Notice announce="status" title="An hour has passed. Type the code again to go on." />
      )}
      {words && (
        <Notice
          tone={codeOf(error) === "unreachable" ? "warn" : "danger"}
          title={words.title}
          announce="alert"
        >
          {words.detail}
        </Notice>
      )}
      <label className="grid gap-1">
        <span className="font-medium">Code</span>
        <input
          ref={field}
          required
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={40}
          value={code}
          onChange={(event) => setCode(event.target.value)}
          aria-describedby="code-help"
          className="field text-lg tracking-widest"
        />
        <span id="code-help" className="text-muted">
          Ten digits; blanks between them do not matter. After five wrong codes the link is locked.
        </span>
      </label>
      <div>
        <Button type="submit" look="primary" busy={busy}>
          Open
        </Button>
      </div>
    </form>
  );
}
