import { COUNTRY } from "./countries.ts";
import { ADDRESS_TYPE, EMAIL_TYPE, PHONE_TYPE } from "./enumerations.ts";
import { anyNumber, BOOLEAN, complex, DATE, DATE_TIME, integer, maybe, sequence, text } from "./kinds.ts";
import { STATE } from "./states.ts";

const verified = {
  verified: maybe(BOOLEAN, {
    label: "Verified",
    help: "Whether the platform checked that it belongs to them.",
  }),
  verificationDate: maybe(DATE_TIME, {
    label: "Verified at",
    help: "When it was checked, with time zone. Only together with verified.",
    past: true,
  }),
};

export const EMAIL = complex("email", text({ max: 255, format: "email" }), {
  attributes: {
    type: maybe(EMAIL_TYPE, { label: "Kind", help: "What the address is used for." }),
    ...verified,
  },
  elements: {},
});

export const PHONE = complex("phone", text({ max: 50, exact: true }), {
  attributes: {
    type: maybe(PHONE_TYPE, { label: "Kind", help: "What the number is used for." }),
    ...verified,
    countryCallingCode: maybe(text({ pattern: "\\+[0-9]{1,3}" }), {
      label: "Country calling code",
      help: "A plus sign and one to three digits, such as +1. Then the number must not repeat it.",
    }),
    extension: maybe(text({ pattern: "[0-9]+", max: 10 }), {
      label: "Extension",
      help: "Digits only.",
    }),
  },
  elements: {},
});

export const ADDRESS = complex("address", "sequence", {
  attributes: { type: maybe(ADDRESS_TYPE, { label: "Kind", help: "What the address is used for." }) },
  elements: {
    address: maybe(text({ max: 255 }), { label: "Street", help: "Street and number." }),
    city: maybe(text({ max: 100 }), { label: "City", help: "Town or city." }),
    zipCode: maybe(text({ max: 20 }), { label: "Postal code", help: "ZIP or postal code." }),
    state: maybe(STATE, { label: "US state", help: "State or territory of the United States." }),
    nonUsaState: maybe(text({ max: 100 }), {
      label: "State or province outside the US",
      help: "Only for addresses outside the United States.",
    }),
    country: maybe(COUNTRY, { label: "Country", help: "Two letters." }),
  },
});

const names = {
  firstName: maybe(text({ max: 100 }), { label: "First name", help: "Given name, if known." }),
  lastName: maybe(text({ max: 100 }), { label: "Last name", help: "Family name, if known." }),
};
const reach = {
  phone: anyNumber(PHONE, { label: "Phone", help: "Every number that is known." }),
  email: anyNumber(EMAIL, { label: "E-mail", help: "Every address that is known." }),
  address: anyNumber(ADDRESS, { label: "Address", help: "Every postal address that is known." }),
};

export const AGE = integer(0, 150);

export const PERSON = sequence("person", {
  ...names,
  ...reach,
  age: maybe(AGE, { label: "Age", help: "In years." }),
  ageAssertionDiscrepancy: maybe(BOOLEAN, {
    label: "Stated age doubtful",
    help: "Whether the age that the person stated does not fit what else is known.",
    since: "2026-08",
  }),
  dateOfBirth: maybe(DATE, { label: "Date of birth", help: "Year, month, day.", past: true }),
});

export const CONTACT_PERSON = sequence("contactPerson", { ...names, ...reach });
