import { integrity, verificationAsked } from "../../contracts/integrity.ts";
import { request } from "../api/request.ts";

type Asked = { background?: boolean; signal?: AbortSignal };

export const fetchIntegrity = (asked: Asked = {}) =>
  request("/api/integrity", { answer: integrity, ...asked });

export const askVerification = () =>
  request("/api/integrity/verifications", { method: "POST", answer: verificationAsked });

export const cancelVerification = (verificationId: string) =>
  request(`/api/integrity/verifications/${verificationId}`, { method: "DELETE" });

export const integrityKeys = { state: ["integrity"] as const };
