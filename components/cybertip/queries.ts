"use client";

import { useQuery } from "@tanstack/react-query";
import { asking } from "../api/queries.ts";
import { fetchFigures, fetchPriorReports, fetchRegister, fetchReport, reportKeys, type Span } from "./api.ts";

/** A report without what it says. Read often while it is being filed. */
export function useReport(reportId: string) {
  return useQuery({
    queryKey: reportKeys.one(reportId),
    queryFn: (context) => fetchReport(reportId, asking(context)),
    refetchInterval: ({ state }) => (state.data?.state === "filing" ? 2_000 : 60_000),
  });
}

/** How the service is set: which version of the schema, whether live. The register says it. */
export function useService() {
  return useQuery({
    queryKey: reportKeys.service,
    queryFn: ({ signal }) => fetchRegister({ state: "stuck" }, null, { background: true, signal }),
    select: ({ service }) => service,
    staleTime: 60_000,
  });
}

export function useFigures(span: Span) {
  return useQuery({
    queryKey: reportKeys.figures(span),
    queryFn: ({ signal }) => fetchFigures(span, { signal }),
    staleTime: 60_000,
  });
}

/** Reports that name a participant of a case's thread. */
export function usePriorReports(caseId: string, enabled: boolean) {
  return useQuery({
    queryKey: reportKeys.prior(caseId),
    queryFn: ({ signal }) => fetchPriorReports(caseId, { signal }),
    enabled,
    staleTime: 60_000,
  });
}
