import type { components } from "./schema.ts";

/** A named model of the API, such as `Model<"Insurance">`. */
export type Model<Name extends keyof components["schemas"]> = components["schemas"][Name];
