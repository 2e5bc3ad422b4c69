/** Packets: building, releasing, delivering. Written by the functions of db/sql/functions/97_legal_*.sql. */
export const PRODUCTION_ACTIONS = {
  /** Counsel asked for a packet; the detail has its Bates range. */
  "legal.packet_asked": "Ask for packet",
  /** The worker reads what was collected, to build a packet. Written before the first of it is read. */
  "legal.content_read": "Read content to build packet",
  /** All records of a packet are written; the detail has the hash of them all. Its proof lies in the packet. */
  "legal.packet_recorded": "Records of packet written",
  /** A packet is whole and signed, and waits for a second counsel. */
  "legal.packet_built": "Packet built",
  /** A build stands still and needs a person; the detail says why. */
  "legal.packet_stuck": "Build of packet needs a person",
  /** A build that stood still goes on. */
  "legal.packet_retried": "Try building packet again",
  /** A packet was given up before its release, by counsel or because what it stood on ended. Its pieces are deleted. */
  "legal.packet_discarded": "Discard packet",
  /** Looking at a packet's metadata was refused. */
  "legal.packet_read": "Read record of packet",
  /** A counsel compared what was asked with what is in a packet. */
  "legal.packet_compared": "Compare packet with request",
  /** A second counsel let a packet go; the subject is the one who asked for it. */
  "legal.packet_released": "Release packet",
  /** A second counsel sent a packet back; the reason says why. */
  "legal.packet_sent_back": "Send packet back",
  /** Counsel took a released packet out to hand it over. Written before the first byte. */
  "legal.packet_exported": "Export packet",
  /** A link and a code were made for one recipient. */
  "legal.packet_delivered": "Deliver packet",
  /** A delivery was taken back before it was fetched. */
  "legal.delivery_recalled": "Recall delivery",
  /** Another code took the place of the old one. */
  "legal.delivery_code_renewed": "Make new code for delivery",
  /** Somebody came with a link and a code; denied when they opened nothing. */
  "legal.delivery_opened": "Open delivery",
  /** Too many wrong codes: a delivery waits for a new one. */
  "legal.delivery_locked": "Delivery locked",
  /** A download began. Written before the first byte. */
  "legal.delivery_fetched": "Fetch packet",
  /** A download ended, whole or broken off; the detail has the bytes. */
  "legal.download_ended": "Download of packet ended",
  /** The recipient confirmed that they have the packet. */
  "legal.delivery_acknowledged": "Acknowledge packet",
} as const;
