import { complex, maybe, PRESENCE } from "./kinds.ts";

const tag = (label: string, help: string) => maybe(PRESENCE, { label, help });
const laterTag = (label: string, help: string) => maybe(PRESENCE, { label, help, since: "2026-08" });

/** What marks the whole report. Say no by leaving it out: the schema refuses `false`. */
export const REPORT_ANNOTATIONS = complex("reportAnnotations", "all", {
  attributes: {},
  elements: {
    sextortion: tag("Sextortion", "Somebody was put under pressure with sexual images."),
    csamSolicitation: tag("Asking for abuse material", "Somebody asked for such images or videos."),
    minorToMinorInteraction: tag("Between minors", "Those who took part are minors themselves."),
    spam: tag("Spam", "It was sent to many people unasked."),
    sadisticOnlineExploitation: tag(
      "Sadistic online exploitation",
      "Somebody was driven to harm themselves or others for the pleasure of a person or group.",
    ),
    informational: laterTag("For information", "Nothing urgent is expected of the reader."),
    potentialAggravatingFactors: laterTag(
      "Aggravating circumstances",
      "There are circumstances that make it graver; describe them in the further information.",
    ),
    instrumentalUse: laterTag("Instrumental use", "The material was a means to something else."),
  },
});

/** What marks one file. */
export const FILE_ANNOTATIONS = complex("fileAnnotations", "all", {
  attributes: {},
  elements: {
    animeDrawingVirtualHentai: tag("Drawn or virtual", "Anime, a drawing, a cartoon or a computer image."),
    potentialMeme: tag("Possibly a meme", "Shared in imitation, outrage or fun and not with ill will."),
    viral: tag("Going round", "It passes quickly from one account to the next."),
    possibleSelfProduction: tag("Possibly self-made", "Those shown seem to have made it themselves."),
    physicalHarm: tag("Physical harm", "Somebody is hurt on purpose."),
    violenceGore: tag("Violence or gore", "Graphic violence."),
    bestiality: tag("Animals", "An animal is involved."),
    liveStreaming: tag("Live stream", "It was being streamed live when it was uploaded."),
    infant: tag("Infant", "An infant is shown."),
    generativeAi: tag("Made by AI", "It seems to have been made or changed with generative AI."),
  },
});
