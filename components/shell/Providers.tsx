"use client";

import "../api/withoutEval.ts";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { statusOf } from "../api/ApiError.ts";
import { CommandsProvider } from "./commands.tsx";
import { ToastsProvider } from "./toasts.tsx";

/** What every page of the staff stands in. The query cache lives in memory only and holds metadata only. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            refetchOnWindowFocus: false,
            gcTime: 60_000,
            // A refusal will not become a yes by asking again.
            retry: (failures, error) => failures < 2 && (statusOf(error) === 0 || statusOf(error) >= 500),
          },
          mutations: { retry: false },
        },
      }),
  );
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <ToastsProvider>
          <CommandsProvider>{children}</CommandsProvider>
        </ToastsProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}
