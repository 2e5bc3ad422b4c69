import type { Report } from "../model/report.ts";

const email = {
  value: "reported@example.org",
  type: "Home",
  verified: true,
  verificationDate: "2026-01-03T08:00:00Z",
} as const;
const phone = {
  value: "555-0100",
  type: "Mobile",
  verified: true,
  verificationDate: "2026-01-03T08:00:00Z",
  countryCallingCode: "+1",
  extension: "12",
} as const;
const address = {
  type: "Home",
  address: "1 Example Street",
  city: "Exampleville",
  zipCode: "00000",
  state: "VA",
  nonUsaState: "Example Province",
  country: "US",
} as const;
const contact = {
  firstName: "Sample",
  lastName: "Contact",
  phone: [phone],
  email: [email],
  address: [address],
} as const;
const person = { ...contact, age: 40, dateOfBirth: "1986-01-01" } as const;
const capture = {
  ipAddress: "192.0.2.1",
  eventName: "Login",
  dateTime: "2026-01-04T10:00:00.250Z",
  possibleProxy: false,
  port: 51_000,
} as const;
const device = {
  idType: "Sample id",
  idValue: "device-1",
  eventName: "Upload",
  dateTime: "2026-01-04T10:00:00+02:00",
} as const;
const temporarily = {
  value: true,
  disabledDate: "2026-01-05T00:00:00Z",
  userNotified: true,
  userNotifiedDate: "2026-01-05T00:00:00Z",
  reenabledDate: "2026-01-06T00:00:00Z",
} as const;
const permanently = {
  value: false,
  disabledDate: "2026-01-07T00:00:00Z",
  userNotified: true,
  userNotifiedDate: "2026-01-07T01:00:00Z",
} as const;
const place = {
  verified: false,
  timestamp: "2026-01-04T10:00:00Z",
  city: "Exampleville",
  region: "VA",
  countryCode: "US",
} as const;
const account = {
  espIdentifier: "account-1",
  espService: "Sample Messenger",
  compromisedAccount: false,
  screenName: "sample_name",
  displayName: ["Sample Name", "A name with <tags>, ]]> & 😀"],
  profileUrl: ["https://example.org/u/1"],
  profileBio: "Placeholder text.",
  ipCaptureEvent: [capture],
  deviceId: [device],
  priorCTReports: ["1234567"],
  accountTemporarilyDisabled: temporarily,
  accountPermanentlyDisabled: permanently,
  estimatedLocation: place,
  allEmailsReported: true,
} as const;
const associated = {
  type: "Linked",
  platform: { value: "Sample Platform", thirdPartyUser: true },
  firstName: "Sample",
  middleName: "Middle",
  lastName: "Linked",
  approximateAge: 41,
  phone: [phone],
  email: [email],
  allEmailsReported: false,
  address: [address],
  espService: "Sample Messenger",
  espIdentifier: "account-2",
  profileUrl: ["https://example.org/u/2"],
  screenName: "second_name",
  displayName: ["Second Name"],
  profileBio: "Placeholder text.",
  groupIdentifier: "group-1",
  compromisedAccount: true,
  accountTemporarilyDisabled: temporarily,
  accountPermanentlyDisabled: permanently,
  ipCaptureEvent: [capture],
  deviceId: [device],
  priorCTReport: ["1234568"],
  additionalInfo: "Placeholder text.",
} as const;
const bornAccount = { type: "Other", dateOfBirth: "1985-05-05" } as const;
const additionalInfo = "Placeholder text.";

/**
 * A report on one incident that uses every element and attribute which such a report may have. All of it is made up.
 */
export const INCIDENT_REPORT: Report = {
  incidentSummary: {
    incidentType: "Online Enticement of Children for Sexual Acts",
    platform: "Sample Messenger",
    escalateToHighPriority: "Placeholder reason of a sample report.",
    reportAnnotations: {
      sextortion: true,
      csamSolicitation: true,
      minorToMinorInteraction: true,
      spam: true,
      sadisticOnlineExploitation: true,
    },
    incidentDateTime: "2026-01-04T10:00:00Z",
    incidentDateTimeDescription: "Time of the first message in the sample.",
  },
  internetDetails: [
    {
      webPageIncident: { thirdPartyHostedContent: true, url: ["https://example.org/page"], additionalInfo },
    },
    { emailIncident: { emailAddress: [email], content: "Placeholder text.", additionalInfo } },
    {
      newsgroupIncident: {
        name: "example.sample",
        emailAddress: [email],
        content: "Placeholder text.",
        additionalInfo,
      },
    },
    {
      chatImIncident: {
        chatClient: "Sample Messenger",
        chatRoomName: "thread-1",
        content: "2026-01-04T10:00:00.000Z [m-1] account-1: Placeholder text.",
        additionalInfo,
      },
    },
    {
      onlineGamingIncident: {
        gameName: "Sample Game",
        console: "Sample Console",
        content: "Placeholder text.",
        additionalInfo,
      },
    },
    { cellPhoneIncident: { phoneNumber: phone, latitude: 38.5, longitude: -77.25, additionalInfo } },
    { nonInternetIncident: { locationName: "Sample Place", incidentAddress: [address], additionalInfo } },
    {
      peer2peerIncident: {
        client: "Sample Client",
        ipCaptureEvent: [capture],
        fileNames: "sample.txt",
        additionalInfo,
      },
    },
  ],
  lawEnforcement: {
    agencyName: "Sample Agency",
    caseNumber: "CASE-1",
    officerContact: contact,
    reportedToLe: true,
    servedLegalProcessDomestic: false,
    servedLegalProcessInternational: { value: true, fleaCountry: "IE" },
  },
  reporter: {
    reportingPerson: person,
    contactPerson: contact,
    companyTemplate: "Placeholder text about a sample company.",
    termsOfService: "Placeholder terms.",
    legalURL: "https://example.org/legal",
  },
  personOrUserReported: [
    {
      ...account,
      personOrUserReportedPerson: person,
      vehicleDescription: "Sample vehicle",
      thirdPartyUserReported: false,
      groupIdentifier: "group-1",
      associatedAccount: [associated, bornAccount],
      additionalInfo,
    },
  ],
  intendedRecipient: [
    {
      ...account,
      intendedRecipientPerson: person,
      groupIdentifier: "group-1",
      additionalInfo: [additionalInfo, "More placeholder text."],
    },
  ],
  victim: [
    {
      ...account,
      victimPerson: { ...person, age: 14 },
      schoolName: "Sample School",
      associatedAccount: [associated, bornAccount],
      additionalInfo,
    },
  ],
  additionalInfo,
};
