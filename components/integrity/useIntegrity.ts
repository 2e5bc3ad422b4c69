"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Verification } from "../../contracts/integrity.ts";
import { asking } from "../api/queries.ts";
import { askVerification, cancelVerification, fetchIntegrity, integrityKeys } from "./api.ts";

const WHILE_CHECKING_MS = 700;
const OTHERWISE_MS = 10_000;

/** Whether a check is on its way. */
export const isUnderWay = ({ state }: Verification): boolean => state === "waiting" || state === "running";

/** The state of the log, asked for again every ten seconds and, while it is checked, more often than each second. */
export function useIntegrity() {
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: integrityKeys.state });
  const query = useQuery({
    queryKey: integrityKeys.state,
    queryFn: (context) => fetchIntegrity(asking(context)),
    refetchInterval: ({ state: { data } }) =>
      data?.verifications.some(isUnderWay) ? WHILE_CHECKING_MS : OTHERWISE_MS,
  });
  const verify = useMutation({ mutationFn: askVerification, onSuccess: again });
  const cancel = useMutation({ mutationFn: cancelVerification, onSettled: again });
  return { query, verify, cancel };
}
