import { asciiDomain } from "../../../domain/legal/addresses.ts";
import { BadRequest } from "../../http/readBody.ts";

/** Domains as the directory keeps them: lower case, ASCII. @throws BadRequest naming the one that is none */
export function tidyDomains(domains: readonly string[]): string[] {
  return domains.map((domain, i) => {
    const tidy = asciiDomain(domain.trim().replace(/^@/, ""));
    if (tidy === null)
      throw new BadRequest("bad-field", [
        { pointer: `/domains/${i}`, message: "This is no domain. Write it as police.example.org." },
      ]);
    return tidy;
  });
}
