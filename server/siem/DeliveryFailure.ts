/** A sink did not take events, for a reason in one word of ours. Carries nothing that the sink said. */
export class DeliveryFailure extends Error {
  override readonly name = "DeliveryFailure";
  readonly code: string;

  constructor(code: string) {
    super(`Events were not delivered: ${code}`);
    this.code = code;
  }

  /** @param error of Node's sockets, TLS or files */
  static from(error: unknown): DeliveryFailure {
    if (error instanceof DeliveryFailure) return error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return new DeliveryFailure(
      WORDS[code] ?? (/CERT|SIGNATURE|ISSUER/.test(code) ? "certificate" : wordOf(code)),
    );
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refused",
  ECONNRESET: "connection-lost",
  EPIPE: "connection-lost",
  ENOTFOUND: "name-unknown",
  EAI_AGAIN: "name-unknown",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  ETIMEDOUT: "timeout",
  ENOENT: "file-missing",
  EACCES: "file-unreadable",
};

const wordOf = (code: string) => (/^(ERR_SSL|ERR_TLS|ERR_OSSL|EPROTO)/.test(code) ? "tls" : "failed");
