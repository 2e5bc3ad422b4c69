import type { Metadata } from "next";
import { SignInForm } from "../../components/signin/SignInForm.tsx";

export const metadata: Metadata = { title: "Sign in" };
export const dynamic = "force-dynamic";

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { next, ended } = await searchParams;
  return <SignInForm next={ownPath(next)} ended={ended === "1"} />;
}

/** Only a path of this site is followed after signing in: never another host, nor the API. */
function ownPath(next: string | string[] | undefined): string {
  if (typeof next !== "string" || !/^\/(queues|cases|audit)(\/[\w-]+)*(\?[\w=&%.-]*)?$/.test(next))
    return "/";
  return next;
}
