import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";

/**
 * What PostgreSQL stores for a password, in the form `ALTER ROLE … PASSWORD` takes: so the password itself is never in
 * a statement, nor in a server's log of statements.
 *
 * @see RFC 5803 and RFC 7677; PostgreSQL, "SCRAM-SHA-256 Authentication"
 * @param password ASCII only, so that SASLprep (RFC 4013) leaves it as it is
 */
export function scramVerifier(password: string, salt = randomBytes(16), iterations = 4096): string {
  if (!/^[\x21-\x7e]+$/.test(password)) throw new Error("A role's password must be printable ASCII.");
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  const storedKey = createHash("sha256").update(clientKey).digest("base64");
  const serverKey = createHmac("sha256", salted).update("Server Key").digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${serverKey}`;
}
