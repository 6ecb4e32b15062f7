/** The MIME type of a derivation output, version 1; `schemas/derivation.v1.schema.json` describes its data. */
export const derivationMimeType = "application/vnd.gradbook.derivation.v1+json";
