import { DEVICE_ID, IP_CAPTURE_EVENT } from "./captures.ts";
import { ADDRESS, AGE, EMAIL, PHONE } from "./contact.ts";
import { COUNTRY } from "./countries.ts";
import { ASSOCIATION } from "./enumerations.ts";
import { anyNumber, BOOLEAN, complex, DATE, DATE_TIME, LONG, LONG_TEXT, maybe, one, text } from "./kinds.ts";

const disabling = {
  disabledDate: maybe(DATE_TIME, { label: "Disabled at", help: "With time zone.", past: true }),
  userNotified: maybe(BOOLEAN, { label: "User told", help: "Whether the user has been told." }),
  userNotifiedDate: maybe(DATE_TIME, {
    label: "User told at",
    help: "With time zone; not before the account was disabled.",
    past: true,
  }),
};

export const TEMPORARILY_DISABLED = complex("accountTemporarilyDisabled", BOOLEAN, {
  attributes: {
    ...disabling,
    reenabledDate: maybe(DATE_TIME, {
      label: "Enabled again at",
      help: "With time zone; after the account was disabled.",
      past: true,
    }),
  },
  elements: {},
});

export const PERMANENTLY_DISABLED = complex("accountPermanentlyDisabled", BOOLEAN, {
  attributes: disabling,
  elements: {},
});

export const ESTIMATED_LOCATION = complex("estimatedLocation", "sequence", {
  attributes: {
    verified: maybe(BOOLEAN, { label: "Verified", help: "Whether the place has been confirmed." }),
    timestamp: maybe(DATE_TIME, { label: "As of", help: "With time zone.", past: true }),
  },
  elements: {
    city: maybe(text(), { label: "City", help: "In the United States only together with the region." }),
    region: maybe(text(), {
      label: "Region",
      help: "State or province. In the United States the postal abbreviation.",
    }),
    countryCode: maybe(COUNTRY, { label: "Country", help: "Two letters. The service requires it." }),
  },
});

/** Fields that accounts of every part in an incident share; `who` completes the sentence of their help. */
export const accountFields = (who: string) =>
  ({
    espIdentifier: maybe(text({ max: 255, exact: true }), {
      label: "Account id",
      help: `The id by which our platform knows ${who}. It never changes and is never given to another.`,
    }),
    espService: maybe(text({ max: 100 }), {
      label: "Product or service",
      help: `The product of ours that ${who} used.`,
    }),
    compromisedAccount: maybe(BOOLEAN, {
      label: "Account taken over",
      help: "Whether somebody else is thought to have taken over the account.",
    }),
    screenName: maybe(text({ max: 256 }), { label: "Screen name", help: "The user name or handle." }),
    displayName: anyNumber(text({ max: 255 }), {
      label: "Display name",
      help: "Every other name under which the account was shown.",
    }),
    profileUrl: anyNumber(text({ max: 2083, format: "url" }), {
      label: "Profile address",
      help: "Web addresses of the profile.",
    }),
    profileBio: maybe(LONG_TEXT, { label: "Profile text", help: "The profile's own words, copied." }),
    ipCaptureEvent: anyNumber(IP_CAPTURE_EVENT, {
      label: "IP address",
      help: `Addresses that ${who} used, with time and port.`,
    }),
    deviceId: anyNumber(DEVICE_ID, { label: "Device", help: `Devices that ${who} used.` }),
  }) as const;

export const priorReports = anyNumber(LONG, {
  label: "Earlier CyberTip report",
  help: "Number of an earlier report about the same account.",
});
export const groupIdentifier = maybe(text({ max: 255 }), {
  label: "Group",
  help: "Name or id of an organised group to which the account is thought to belong.",
});
export const accountStateFields = {
  accountTemporarilyDisabled: maybe(TEMPORARILY_DISABLED, {
    label: "Disabled for a time",
    help: "Whether the account was disabled for a time, and when.",
  }),
  accountPermanentlyDisabled: maybe(PERMANENTLY_DISABLED, {
    label: "Disabled for good",
    help: "Whether the account was disabled for good, and when.",
  }),
} as const;
export const estimatedLocation = maybe(ESTIMATED_LOCATION, {
  label: "Estimated place",
  help: "Where we think the account's user is.",
});
export const allEmailsReported = maybe(BOOLEAN, {
  label: "All e-mail addresses given",
  help: "Whether there is no further address to report.",
});

/** Another account that belongs to the same person, or to somebody close to them. */
export const ASSOCIATED_ACCOUNT = complex("associatedAccount", "sequence", {
  attributes: {
    type: one(ASSOCIATION, { label: "How it is associated", help: "What ties it to the first account." }),
  },
  elements: {
    platform: maybe(
      complex("platform", text({ max: 256 }), {
        attributes: {
          thirdPartyUser: maybe(BOOLEAN, {
            label: "Another company's",
            help: "Whether the platform is another company's.",
          }),
        },
        elements: {},
      }),
      { label: "Platform", help: "Full name of the application." },
    ),
    firstName: maybe(text({ max: 256 }), { label: "First name", help: "Given name, if known." }),
    middleName: maybe(text({ max: 256 }), { label: "Middle name", help: "If known." }),
    lastName: maybe(text({ max: 256 }), { label: "Last name", help: "Family name, if known." }),
    approximateAge: maybe(AGE, {
      label: "Age, about",
      help: "In years. Either this or the date of birth.",
    }),
    ageAssertionDiscrepancy: maybe(BOOLEAN, {
      label: "Stated age doubtful",
      help: "Whether the age that the person stated does not fit what else is known.",
      since: "2026-08",
    }),
    dateOfBirth: maybe(DATE, {
      label: "Date of birth",
      help: "Year, month, day. Either this or the age.",
      past: true,
    }),
    phone: anyNumber(PHONE, { label: "Phone", help: "Every number that is known." }),
    email: anyNumber(EMAIL, { label: "E-mail", help: "Every address that is known." }),
    allEmailsReported,
    address: anyNumber(ADDRESS, { label: "Address", help: "Every postal address that is known." }),
    espService: maybe(text({ max: 256 }), {
      label: "Product or service",
      help: "The product that the account used.",
    }),
    espIdentifier: maybe(text({ max: 256, exact: true }), {
      label: "Account id",
      help: "The id by which the platform knows the account.",
    }),
    profileUrl: anyNumber(text({ max: 2083, format: "url" }), {
      label: "Profile address",
      help: "Web addresses of the profile.",
    }),
    screenName: maybe(text({ max: 256 }), { label: "Screen name", help: "The user name or handle." }),
    displayName: anyNumber(text({ max: 255 }), {
      label: "Display name",
      help: "Every other name under which the account was shown.",
    }),
    profileBio: maybe(LONG_TEXT, { label: "Profile text", help: "The profile's own words, copied." }),
    groupIdentifier: maybe(text({ max: 256 }), {
      label: "Group",
      help: "Name or id of an organised group to which the account is thought to belong.",
    }),
    compromisedAccount: maybe(BOOLEAN, {
      label: "Account taken over",
      help: "Whether somebody else is thought to have taken over the account.",
    }),
    ...accountStateFields,
    ipCaptureEvent: anyNumber(IP_CAPTURE_EVENT, {
      label: "IP address",
      help: "Addresses that the account used, with time and port.",
    }),
    deviceId: anyNumber(DEVICE_ID, { label: "Device", help: "Devices that the account used." }),
    priorCTReport: priorReports,
    additionalInfo: maybe(LONG_TEXT, {
      label: "Further information",
      help: "Whatever else is known of the account and has no field of its own.",
    }),
  },
});

export const associatedAccount = anyNumber(ASSOCIATED_ACCOUNT, {
  label: "Associated account",
  help: "Other accounts of the same person, or of somebody close to them.",
});

export const furtherInformation = (about: string) => ({
  label: "Further information",
  help: `Whatever else is known of ${about} and has no field of its own.`,
});
