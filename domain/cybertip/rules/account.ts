import { readDateTime } from "../check/moments.ts";
import {
  ASSOCIATED_ACCOUNT,
  ESTIMATED_LOCATION,
  PERMANENTLY_DISABLED,
  TEMPORARILY_DISABLED,
} from "../model/account.ts";
import { IP_CAPTURE_EVENT } from "../model/captures.ts";
import { STATE } from "../model/states.ts";
import { type Report, ruleOn } from "./ruleOn.ts";

const at = (text: string | undefined) => (text === undefined ? null : (readDateTime(text)?.at ?? null));

function toldAfter(disabled: string | undefined, told: string | undefined, report: Report): void {
  const [from, then] = [at(disabled), at(told)];
  if (from !== null && then !== null && then < from)
    report(
      "service.notifiedAfterDisabled",
      ["userNotifiedDate"],
      "The user cannot have been told before the account was disabled.",
    );
}

export const ACCOUNT_RULES = [
  ruleOn(TEMPORARILY_DISABLED, ({ disabledDate, userNotifiedDate, reenabledDate }, report) => {
    toldAfter(disabledDate, userNotifiedDate, report);
    const [from, until] = [at(disabledDate), at(reenabledDate)];
    if (from !== null && until !== null && until <= from)
      report(
        "service.reenabledAfterDisabled",
        ["reenabledDate"],
        "The account cannot have been enabled again before it was disabled.",
      );
  }),
  ruleOn(PERMANENTLY_DISABLED, ({ disabledDate, userNotifiedDate }, report) =>
    toldAfter(disabledDate, userNotifiedDate, report),
  ),
  ruleOn(ESTIMATED_LOCATION, ({ city, region, countryCode }, report) => {
    if (!countryCode) report("service.locationCountry", ["countryCode"], "Name the country.");
    else if (countryCode === "US" && city?.trim()) {
      const states: readonly string[] = STATE.values;
      if (!region || !states.includes(region))
        report("service.locationRegion", ["region"], "Add the state as its two letters, such as VA.");
    }
  }),
  ruleOn(ASSOCIATED_ACCOUNT, ({ approximateAge, dateOfBirth }, report) => {
    if (approximateAge !== undefined && dateOfBirth !== undefined)
      report("service.ageOrBirth", ["approximateAge"], "Give the age or the date of birth, not both.");
  }),
  ruleOn(IP_CAPTURE_EVENT, ({ ipAddress, port, dateTime }, report) => {
    if (port === undefined && ipAddress?.includes(".") && !ipAddress.includes(":"))
      report(
        "advice.port",
        ["port"],
        "Add the source port if it is known: many subscribers share an IPv4 address.",
      );
    if (dateTime === undefined)
      report("advice.captureTime", ["dateTime"], "Add the time if it is known: addresses change hands.");
  }),
];
