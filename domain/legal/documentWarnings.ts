import type { DocumentWarning } from "./vocabulary.ts";

/** What each warning about a document means, and what to do. Nothing of a document was run to find it. */
export const DOCUMENT_WARNING_WORDS: Readonly<Record<DocumentWarning, string>> = {
  not_a_pdf: "It is no PDF. An order rarely comes as anything else: look at it with care.",
  type_differs_from_name: "Its bytes are of another kind than its name says.",
  pdf_javascript: "It carries a program (JavaScript). Open it only where programs in PDFs are switched off.",
  pdf_launch_action: "It asks to start something on the machine that opens it. Do not open it on your own.",
  pdf_embedded_files: "Other files are embedded in it. Leave them closed.",
  pdf_opens_by_itself: "Something in it happens by itself when it is opened.",
  pdf_form_submit: "It can send what is filled in to somebody.",
  pdf_xfa_form: "It holds an XFA form, which many readers do not show as it is.",
  pdf_encrypted: "It is encrypted: what is in it could not be looked at.",
  pdf_cut_off: "Its end is missing. It may not have been whole before it was sent.",
  executable: "It is a program. Do not open it; ask the authority what it sent.",
  archive: "It is an archive. What is in it was not looked at.",
  office_macros: "It carries a program (macros). Open it only where macros are switched off.",
  name_changed: "Its name could not be kept as it was sent.",
  name_differs_in_case: "Another document's name differs from this one in nothing but letters' case.",
  same_bytes_as_before: "The same bytes came with this request before.",
};
