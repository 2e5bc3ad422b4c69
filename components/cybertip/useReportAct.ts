"use client";

import { useMove } from "../ui/useMove.ts";

/** One press that moves a report on. */
export const useReportAct = (onChanged: () => void) => useMove("report", onChanged);
