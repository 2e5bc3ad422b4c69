import { EMAIL, PHONE } from "../model/contact.ts";
import { ruleOn } from "./ruleOn.ts";

const VERIFIED = "It has a time of verification: say that it is verified, or take the time out.";

export const CONTACT_RULES = [
  ruleOn(EMAIL, ({ verified, verificationDate }, report) => {
    if (verificationDate !== undefined && verified !== true)
      report("service.verified", ["verified"], VERIFIED);
  }),
  ruleOn(PHONE, ({ verified, verificationDate, value, countryCallingCode }, report) => {
    if (verificationDate !== undefined && verified !== true)
      report("service.verified", ["verified"], VERIFIED);
    if (!countryCallingCode || value === undefined) return;
    const number = value.replace(/[^+0-9]/g, "");
    // Without the plus, the same digits may well be an area code.
    if (number.startsWith(countryCallingCode))
      report(
        "service.callingCode",
        ["value"],
        "Take the country calling code out: it has a field of its own.",
      );
    else if (number.startsWith(countryCallingCode.slice(1)))
      report("advice.callingCode", ["value"], "It begins like the calling code. If it is, take it out here.");
  }),
];
