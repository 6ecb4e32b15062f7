/** The published schema of tensor outputs, as a predicate. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

const schema = new URL("../../schemas/tensor.v1.schema.json", import.meta.url);

/** Whether `json` is a tensor as `schemas/tensor.v1.schema.json` describes it. */
export const matchesSchema: (json: unknown) => boolean = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schema, "utf8")),
);
