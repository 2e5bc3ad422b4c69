"use client";

import { BrokenPage } from "../../components/ui/BrokenPage.tsx";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function Broken({ error, reset }: Props) {
  return <BrokenPage digest={error.digest} reset={reset} />;
}
