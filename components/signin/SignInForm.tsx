"use client";

import { MailOpen } from "lucide-react";
import { signIn } from "next-auth/react";
import { type FormEvent, useId, useRef, useState } from "react";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";

type Refusal = { title: string; detail: string };
const WRONG: Refusal = {
  title: "Email or password is wrong",
  detail: "Check both and try again. After eight failures the account rests for a quarter of an hour.",
};
const REFUSALS: Record<string, Refusal> = {
  wrong: WRONG,
  CredentialsSignin: WRONG,
  locked: {
    title: "Too many failed sign-ins",
    detail: "Wait fifteen minutes, then try again, or ask an administrator to set a new password.",
  },
};
const UNREACHABLE: Refusal = {
  title: "Signing in did not work",
  detail: "The server did not answer as expected. Try again in a moment.",
};

/** Sign-in by local account. `next` is a path of this site. */
export function SignInForm({ next, ended }: { next: string; ended: boolean }) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const errorId = useId();

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setRefusal(null);
    const answer = await signIn("local", {
      redirect: false,
      email: form.get("email"),
      password: form.get("password"),
    }).catch(() => undefined);
    if (answer?.ok && !answer.error) {
      // A full load: the new session starts with an empty page memory.
      window.location.assign(next);
      return;
    }
    setBusy(false);
    setRefusal(REFUSALS[answer?.error ?? ""] ?? UNREACHABLE);
    if (password.current) password.current.value = "";
    password.current?.focus();
  };

  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <form onSubmit={(event) => void submit(event)} method="post" className="panel w-full max-w-sm p-6">
        <h1 className="mb-4 flex items-center gap-2 text-lg">
          <MailOpen aria-hidden className="size-5 text-accent" />
          Sign in to Unseal
        </h1>
        <div className="grid gap-3" aria-live="polite">
          {ended && !refusal && (
            <Notice title="Your session has ended">What was open is sealed again. Sign in to go on.</Notice>
          )}
          {refusal && (
            <div id={errorId}>
              <Notice tone="danger" title={refusal.title} announce="alert">
                {refusal.detail}
              </Notice>
            </div>
          )}
        </div>
        <div className="mt-4 grid gap-3">
          <label className="grid gap-1">
            <span className="font-medium">Email</span>
            <input
              name="email"
              type="email"
              autoComplete="username"
              required
              maxLength={254}
              aria-invalid={refusal ? true : undefined}
              aria-describedby={refusal ? errorId : undefined}
              className="field"
            />
          </label>
          <label className="grid gap-1">
            <span className="font-medium">Password</span>
            <input
              ref={password}
              name="password"
              type="password"
              autoComplete="current-password"
              required
              maxLength={1024}
              aria-invalid={refusal ? true : undefined}
              aria-describedby={refusal ? errorId : undefined}
              className="field"
            />
          </label>
          <Button type="submit" look="primary" busy={busy} className="mt-1">
            Sign in
          </Button>
        </div>
        <p className="mt-4 text-muted">
          Everything you open, decide or are refused here is written to the audit log under your name.
        </p>
      </form>
    </main>
  );
}
