import { CAPTURE_EVENT } from "./enumerations.ts";
import { BOOLEAN, DATE_TIME, integer, maybe, one, sequence, text } from "./kinds.ts";

const when = {
  eventName: maybe(CAPTURE_EVENT, { label: "Occasion", help: "What the account was doing." }),
  dateTime: maybe(DATE_TIME, { label: "Time", help: "When it was recorded, with time zone.", past: true }),
};

export const IP_CAPTURE_EVENT = sequence("ipCaptureEvent", {
  ipAddress: one(text({ format: "ip" }), { label: "IP address", help: "IPv4 or IPv6." }),
  ...when,
  possibleProxy: maybe(BOOLEAN, {
    label: "Possibly a proxy",
    help: "Whether there is reason to think that it belongs to a proxy, VPN or relay.",
  }),
  port: maybe(integer(1, 65_535), {
    label: "Port",
    help: "The source port. Many subscribers share one IPv4 address: without it they cannot be told apart.",
  }),
});

export const DEVICE_ID = sequence("deviceId", {
  idType: one(text({ max: 255 }), {
    label: "Kind of id",
    help: "Such as IMEI, ICCID or the platform's own name for it.",
    notBlank: true,
  }),
  idValue: one(text({ max: 2083, exact: true }), { label: "Id", help: "The id itself.", notBlank: true }),
  ...when,
});
