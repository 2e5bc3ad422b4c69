import type { Sql } from "postgres";
import type { RegisterRequest } from "../../contracts/legal/requests.ts";
import { dueOf } from "../../domain/legal/clocks.ts";
import { newPlatformKey } from "../../server/intake/newPlatformKey.ts";
import { asMember } from "./demoGovernance.ts";

const [LOU, LEA] = ["Lou Counsel", "Lea Counsel"];
const DAY = 86_400_000;

/** Made up, on reserved domains, with numbers that are kept for films: Bundesnetzagentur, Ofcom, 555-01xx. */
const AGENCIES = [
  {
    name: "Example Federal Police",
    country: "US",
    kind: "police",
    domains: ["police.example.org"],
    number: "+12025550142",
  },
  {
    name: "Staatsanwaltschaft Musterstadt",
    country: "DE",
    kind: "prosecutor",
    domains: ["sta.example.net"],
    number: "+493023125042",
  },
  {
    name: "Example Crown Court",
    country: "GB",
    kind: "court",
    domains: ["court.example.com"],
    number: "+442079460123",
  },
] as const;

type Asked = Omit<RegisterRequest, "accounts" | "receivedAt"> & {
  readonly receivedAt: Date;
  readonly accounts: readonly string[];
};

/**
 * Lawful requests as counsel meet them: one in review, an emergency from a look-alike domain, an EPOC whose ten days run, a
 * preservation that holds against an erasure, a civil subpoena that asks for content, one overdue and its altered repeat.
 * Through the functions of the product, so the log has them too. Once: a repeat finds the directory and leaves all as it is.
 */
export async function seedLegal(sql: Sql, platformId: string, slug: string): Promise<void> {
  const [begun] = await sql`select exists (select from legal.agencies) as yes`;
  if (begun?.yes) return;
  const accounts = (
    await sql<{ id: string }[]>`
      select distinct on (p.platform_participant_id) p.platform_participant_id as id
        from triage.cases c join sealed.participants p on p.thread_id = c.thread_id
       where c.platform_id = ${platformId} and c.restricted_subject is null order by 1 limit 60`
  ).map(({ id }) => id);
  const account = (n: number): string => accounts[n % accounts.length] ?? "nobody";

  const agencies: string[] = [];
  const numbers: string[] = [];
  await asMember(sql, LOU, async (actor) => {
    for (const { number, ...agency } of AGENCIES) {
      const { agencyId } = await call(sql, "enter_agency", actor, [], {
        ...agency,
        source: "The public register of authorities, page 12.",
      });
      agencies.push(agencyId);
      const made = await call(sql, "enter_number", actor, [agencyId], {
        number,
        label: "Switchboard",
        source: "The imprint of the authority's own site.",
      });
      numbers.push(made.numberId);
    }
  });
  await asMember(sql, LEA, async (actor) => {
    // The last waits for somebody, as it may be when one looks.
    for (const id of numbers.slice(0, 2))
      await sql`select legal.confirm_number(${actor as never}::jsonb, ${id}, 'Directory enquiries, asked by myself and read back.')`;
  });

  const now = Date.now();
  const ago = (days: number): Date => new Date(now - days * DAY);
  const iso = (at: Date): string => at.toISOString();
  const register = async (actor: object, asked: Asked): Promise<string> => {
    const { at, rule } = dueOf({
      type: asked.type,
      jurisdiction: asked.jurisdiction,
      emergency: asked.emergency ?? false,
      receivedAt: asked.receivedAt,
      returnAt: asked.returnAt ? new Date(asked.returnAt) : null,
      localZone: asked.localZone ?? "UTC",
    });
    const { requestId } = await call(sql, "register", actor, [], {
      ...asked,
      receivedAt: iso(asked.receivedAt),
      accounts: asked.accounts.map((accountId) => ({ platformId, accountId })),
      dueAt: iso(at),
      dueRule: rule,
    });
    return requestId;
  };
  const us = { jurisdiction: "US", localZone: "America/New_York" } as const;
  await asMember(sql, LOU, async (actor) => {
    const warrant = await register(actor, {
      ...us,
      type: "warrant",
      issuer: "judge",
      agencyId: agencies[0] ?? null,
      agencyName: AGENCIES[0].name,
      officerName: "Robin Example",
      officerEmail: "r.example@police.example.org",
      officerPhone: "+1 202 555 0199",
      reference: "26-SW-0117",
      channel: "portal",
      receivedAt: ago(1),
      issuedAt: iso(ago(2)),
      expiresAt: iso(ago(-13)),
      categories: ["subscriber", "traffic", "content"],
      rangeFrom: iso(ago(120)),
      rangeTo: iso(ago(1)),
      nature: "Fraud by messages that offer goods which do not exist.",
      accounts: [account(2), account(5)],
    });
    await sql`select legal.acknowledge(${actor as never}::jsonb, ${warrant}, null)`;
    await sql`select legal.review(${actor as never}::jsonb, ${warrant}, null)`;

    await register(actor, {
      ...us,
      type: "emergency_disclosure",
      issuer: "police",
      agencyName: "Example Federal Police",
      officerName: "Det. A. Sample",
      officerEmail: "a.sample@po1ice.example.org",
      officerPhone: "+1 202 555 0177",
      reference: "URGENT-1",
      channel: "email",
      receivedAt: ago(0.02),
      emergency: true,
      categories: ["subscriber", "identification", "content"],
      nature: "Says that a life is in danger. Asks to be answered before anybody calls.",
      accounts: [account(9)],
    });

    const epoc = await register(actor, {
      type: "epoc",
      jurisdiction: "DE",
      localZone: "Europe/Berlin",
      issuer: "judge",
      agencyId: agencies[1] ?? null,
      agencyName: AGENCIES[1].name,
      officerName: "Kim Muster",
      officerEmail: "k.muster@sta.example.net",
      reference: "EPOC-2026-0042",
      channel: "e_codex",
      receivedAt: ago(3),
      categories: ["subscriber", "identification", "traffic"],
      rangeFrom: iso(ago(60)),
      rangeTo: iso(ago(3)),
      noticePolicy: "not_applicable",
      nature: "Attack on an information system.",
      accounts: [account(14)],
    });
    await sql`select legal.acknowledge(${actor as never}::jsonb, ${epoc}, null)`;

    const preservation = await register(actor, {
      ...us,
      type: "preservation_2703f",
      issuer: "prosecutor",
      agencyId: agencies[0] ?? null,
      agencyName: AGENCIES[0].name,
      officerName: "Robin Example",
      officerEmail: "r.example@police.example.org",
      reference: "PRES-0009",
      channel: "portal",
      receivedAt: ago(0.5),
      categories: ["subscriber", "traffic", "content"],
      noticePolicy: "barred",
      gagReference: "26-MC-0003",
      gagUntil: iso(ago(-90)),
      nature: "Process will follow.",
      accounts: [account(20), account(21)],
    });
    await sql`select legal.acknowledge(${actor as never}::jsonb, ${preservation}, null)`;
    await call(sql, "make_hold", actor, [preservation], {
      kind: "2703f",
      reason: "Preservation was asked for until process is served.",
      reference: "PRES-0009",
      range: "request",
    });
  });
  await askErasure(sql, slug, account(20));
  await asMember(sql, LEA, async (actor) => {
    const civil = await register(actor, {
      ...us,
      type: "civil_subpoena",
      issuer: "party",
      agencyName: "Sample & Sample, attorneys",
      officerName: "Pat Sample",
      officerEmail: "pat@sample-law.example.com",
      reference: "CV-26-311",
      channel: "post",
      receivedAt: ago(6),
      categories: ["subscriber", "content"],
      nature: "A dispute about a contract.",
      accounts: [account(30), "no-such-account-81723"],
    });
    await sql`select legal.need_info(${actor as never}::jsonb, ${civil},
      'Content is never given to a party. Which subscriber data, and of which days?')`;
    const late = {
      ...us,
      type: "subpoena",
      issuer: "prosecutor",
      agencyId: agencies[0] ?? null,
      agencyName: AGENCIES[0].name,
      officerName: "Robin Example",
      officerEmail: "r.example@police.example.org",
      reference: "GJ-26-0040",
      channel: "portal",
      categories: ["subscriber"],
      rangeFrom: iso(ago(400)),
      rangeTo: iso(ago(200)),
      nature: "Threats.",
    } as const satisfies Partial<RegisterRequest>;
    await register(actor, { ...late, receivedAt: ago(40), accounts: [account(33)] });
    await register(actor, { ...late, receivedAt: ago(2), rangeTo: iso(ago(100)), accounts: [account(33)] });
    const dsa = await register(actor, {
      type: "dsa_art_10",
      jurisdiction: "FR",
      localZone: "Europe/Paris",
      issuer: "agency",
      agencyName: "Autorité d’exemple",
      officerName: "Camille Exemple",
      officerEmail: "c.exemple@autorite.example.net",
      reference: "DSA10-88",
      channel: "email",
      receivedAt: ago(9),
      categories: ["identification"],
      nature: "Sale of what may not be sold.",
      accounts: [account(36)],
    });
    await sql`select legal.reject(${actor as never}::jsonb, ${dsa}, 'not_valid',
      'It names neither its legal basis nor how to object, and was not corrected.')`;
  });
}

/** The ids that the functions answer; each answers its own. */
type Made = { readonly agencyId: string; readonly numberId: string; readonly requestId: string };

/** Somebody whose messages are held wants them erased: the platform asks, by a key that is good for this alone. */
async function askErasure(sql: Sql, slug: string, account: string): Promise<void> {
  const { hash } = newPlatformKey();
  const [made] = await sql<{ id: string }[]>`
    select intake.add_key(${slug}, 'demo, erasures', ${hash}, null, '{erasures:write}') as id`;
  const ask = { id: "demo-erasure-1", scope: "account", subject: account, askedAt: new Date().toISOString() };
  const from = { ip: null, userAgent: "demo", requestId: "demo-erasure" };
  await sql`select intake.ask_erasure(${hash}, ${ask as never}::jsonb, ${from as never}::jsonb)`;
  await sql`select intake.revoke_key(${made?.id ?? null})`;
}

/** One act of counsel, by the function behind it. @throws with the refusal's code: the seed is wrong then */
async function call(
  sql: Sql,
  verb: "enter_agency" | "enter_number" | "register" | "make_hold",
  actor: object,
  about: readonly string[],
  body: object,
): Promise<Made> {
  const [row] = await sql<{ answer: Made & { ok: boolean; code?: string } }[]>`
    select ${sql(`legal.${verb}`)}(${actor as never}::jsonb, ${
      about[0] === undefined ? sql`` : sql`${about[0]}::uuid,`
    } ${body as never}::jsonb) as answer`;
  if (!row?.answer.ok)
    throw new Error(`The demo's lawful requests: ${verb} was refused (${row?.answer.code}).`);
  return row.answer;
}
