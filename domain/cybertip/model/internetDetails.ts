import { IP_CAPTURE_EVENT } from "./captures.ts";
import { ADDRESS, EMAIL, PHONE } from "./contact.ts";
import {
  anyNumber,
  BOOLEAN,
  complex,
  type DoubleType,
  LONG_TEXT,
  maybe,
  one,
  sequence,
  text,
} from "./kinds.ts";

const additionalInfo = maybe(LONG_TEXT, {
  label: "Further information",
  help: "Whatever else is known and has no field of its own.",
});
const emailAddress = anyNumber(EMAIL, {
  label: "E-mail address",
  help: "Each must also stand with the person reported, a recipient or a victim.",
});

export const WEB_PAGE_INCIDENT = complex("webPageIncident", "sequence", {
  attributes: {
    thirdPartyHostedContent: maybe(BOOLEAN, {
      label: "Hosted by another company",
      help: "Whether the page lies on somebody else's server, so that we know no more of it.",
    }),
  },
  elements: {
    url: anyNumber(text({ max: 2083, format: "url" }), {
      label: "Web address",
      help: "Where it was found. As many as needed.",
    }),
    additionalInfo,
  },
});

export const EMAIL_INCIDENT = sequence("emailIncident", {
  emailAddress,
  content: maybe(LONG_TEXT, { label: "Content", help: "Headers, subject and text." }),
  additionalInfo,
});

export const NEWSGROUP_INCIDENT = sequence("newsgroupIncident", {
  name: maybe(text({ max: 255 }), { label: "Newsgroup", help: "Its name." }),
  emailAddress,
  content: maybe(LONG_TEXT, { label: "Content", help: "Headers, subject and text." }),
  additionalInfo,
});

/** The one that a direct-message case fills: product, thread, and an extract of what was written. */
export const CHAT_IM_INCIDENT = sequence("chatImIncident", {
  chatClient: maybe(text({ max: 255 }), { label: "Chat program", help: "Our product, by its full name." }),
  chatRoomName: maybe(text({ max: 255 }), {
    label: "Chat room",
    help: "The thread's id, so that it can be asked for later.",
  }),
  content: maybe(LONG_TEXT, {
    label: "Transcript",
    help: "What was written, with times in UTC and ids of messages. Longer ones go into a file as well.",
  }),
  additionalInfo,
});

export const ONLINE_GAMING_INCIDENT = sequence("onlineGamingIncident", {
  gameName: maybe(text({ max: 255 }), { label: "Game", help: "Its name." }),
  console: maybe(text({ max: 255 }), { label: "Console", help: "Its name, if one was used." }),
  content: maybe(LONG_TEXT, { label: "Content", help: "What was written during the game." }),
  additionalInfo,
});

const degrees = (bound: number): DoubleType => ({ kind: "double", bound });

export const CELL_PHONE_INCIDENT = sequence("cellPhoneIncident", {
  phoneNumber: maybe(PHONE, { label: "Phone", help: "The number from which it was done." }),
  latitude: maybe(degrees(90), { label: "Latitude", help: "In degrees; south is negative." }),
  longitude: maybe(degrees(180), { label: "Longitude", help: "In degrees; west is negative." }),
  additionalInfo,
});

export const NON_INTERNET_INCIDENT = sequence("nonInternetIncident", {
  locationName: maybe(text({ max: 255 }), { label: "Place", help: "Where it happened." }),
  incidentAddress: anyNumber(ADDRESS, { label: "Address", help: "The place's postal address." }),
  additionalInfo,
});

export const PEER_TO_PEER_INCIDENT = sequence("peer2peerIncident", {
  client: maybe(text({ max: 255 }), { label: "Program", help: "The program used." }),
  ipCaptureEvent: anyNumber(IP_CAPTURE_EVENT, {
    label: "IP address",
    help: "Addresses that the person reported used.",
  }),
  fileNames: maybe(text({ long: true }), { label: "File names", help: "Names of the files shared." }),
  additionalInfo,
});

/** Exactly one of these; a report may carry several, one for each way in which it happened. */
export const INTERNET_DETAILS = complex("internetDetails", "choice", {
  attributes: {},
  elements: {
    webPageIncident: one(WEB_PAGE_INCIDENT, { label: "Web page", help: "It happened on a web page." }),
    emailIncident: one(EMAIL_INCIDENT, { label: "E-mail", help: "It happened over e-mail." }),
    newsgroupIncident: one(NEWSGROUP_INCIDENT, { label: "Newsgroup", help: "It happened in a newsgroup." }),
    chatImIncident: one(CHAT_IM_INCIDENT, {
      label: "Chat",
      help: "It happened in direct messages or a chat.",
    }),
    onlineGamingIncident: one(ONLINE_GAMING_INCIDENT, {
      label: "Online game",
      help: "It happened during an online game.",
    }),
    cellPhoneIncident: one(CELL_PHONE_INCIDENT, {
      label: "Phone",
      help: "It happened mainly by phone: calls, text messages, or pictures sent by phone.",
    }),
    nonInternetIncident: one(NON_INTERNET_INCIDENT, {
      label: "Away from the internet",
      help: "Neither a computer nor a phone was involved.",
    }),
    peer2peerIncident: one(PEER_TO_PEER_INCIDENT, {
      label: "Peer to peer",
      help: "It happened in a network in which users share files directly.",
    }),
  },
});
