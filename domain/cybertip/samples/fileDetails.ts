import type { FileDetails } from "../model/fileDetails.ts";

/** Details of a reported file with every element that such a file may have, but for the old way to call it a meme. */
export const REPORTED_FILE: FileDetails = {
  reportId: "4564654",
  fileId: "b0754af766b426f2928a02c651ed4b99",
  fileName: "file-1.bin",
  originalFileName: "sample.bin",
  uploadedToEspTimestamp: "2026-01-04T10:00:00Z",
  locationOfFile: "https://cdn.example.org/media/1",
  fileViewedByEsp: true,
  exifViewedByEsp: true,
  publiclyAvailable: false,
  fileRelevance: "Reported",
  fileAnnotations: {
    animeDrawingVirtualHentai: true,
    potentialMeme: true,
    viral: true,
    possibleSelfProduction: true,
    physicalHarm: true,
    violenceGore: true,
    bestiality: true,
    liveStreaming: true,
    infant: true,
    generativeAi: true,
  },
  industryClassification: "B2",
  originalFileHash: [
    { hashType: "MD5", value: "d41d8cd98f00b204e9800998ecf8427e" },
    { hashType: "SHA1", value: "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
  ],
  ipCaptureEvent: {
    ipAddress: "2001:db8::1",
    eventName: "Upload",
    dateTime: "2026-01-04T10:00:00Z",
    possibleProxy: true,
    port: 443,
  },
  deviceId: [
    { idType: "Sample id", idValue: "device-1", eventName: "Other", dateTime: "2026-01-04T10:00:00Z" },
  ],
  details: [
    {
      type: "EXIF",
      nameValuePair: [
        { name: "Make", value: "Sample" },
        { name: "Model", value: "One" },
      ],
    },
    { type: "HASH", nameValuePair: [{ name: "PDQ", value: "00" }] },
  ],
  additionalInfo: ["Placeholder text.", "More placeholder text."],
};

/** Details of a file under the schema's older way to call it a meme. */
export const MEME_FILE: FileDetails = {
  reportId: "4564654",
  fileId: "0123456789abcdef0123456789abcdef",
  fileViewedByEsp: false,
  potentialMeme: true,
};

/** Details of a transcript. */
export const TRANSCRIPT_FILE: FileDetails = {
  reportId: "4564654",
  fileId: "fedcba9876543210fedcba9876543210",
  originalFileName: "transcript-thread-1.csv",
  fileViewedByEsp: true,
  exifViewedByEsp: false,
  publiclyAvailable: false,
  fileRelevance: "Supplemental Reported",
  additionalInfo: ["The whole thread; times are in UTC."],
};
