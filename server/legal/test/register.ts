import { randomUUID } from "node:crypto";
import { type RegisterRequest, registerRequest as schema } from "../../../contracts/legal/requests.ts";
import type { Person, World } from "../../test/world.ts";
import { confirmNumber } from "../agencies/confirmNumber.ts";
import { enterAgency } from "../agencies/enterAgency.ts";
import { enterNumber } from "../agencies/enterNumber.ts";
import { registerRequest } from "../requests/registerRequest.ts";

/** What the letter of an emergency says, unless told otherwise. */
export function letter(world: World, told: Partial<RegisterRequest> = {}): RegisterRequest {
  return {
    type: "emergency_disclosure",
    jurisdiction: "US",
    issuer: "police",
    agencyName: "Harbour Police",
    officerName: "Officer Example",
    officerEmail: "officer@harbourpolice.example",
    officerPhone: "+1 202 555 0199",
    reference: `REF-${randomUUID().slice(0, 8)}`,
    channel: "email",
    receivedAt: new Date(Date.now() - 60_000).toISOString(),
    emergency: true,
    categories: ["subscriber", "content"],
    rangeFrom: "2020-01-01T00:00:00Z",
    rangeTo: "2040-01-01T00:00:00Z",
    accounts: [{ platformId: world.platformId, accountId: "p-0" }],
    ...told,
  };
}

/** Registers a letter. */
export const register = (world: World, by: Person, told: Partial<RegisterRequest> = {}) =>
  registerRequest(by.actor, schema.parse(letter(world, told)));

/** An authority of the directory, with a number that one counsel entered and another confirmed. */
export async function directoryEntry(first: Person, second: Person, domain = "harbourpolice.example") {
  const { agencyId } = await enterAgency(first.actor, {
    name: `Harbour Police ${randomUUID().slice(0, 8)}`,
    country: "US",
    kind: "police",
    domains: [domain],
    source: "The official register of agencies, looked up.",
  });
  const { numberId } = await enterNumber(first.actor, agencyId, {
    number: "+1 (202) 555-0123",
    label: "Front desk",
    source: "The printed directory of the state.",
  });
  await confirmNumber(second.actor, numberId, { source: "The agency's page, found by search." });
  return { agencyId, numberId };
}
