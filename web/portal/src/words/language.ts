import type { WORDS as ENGLISH } from "./en.ts";

export type Language = "en" | "es";

/** Every key has its words in every language: a missing one does not compile. */
export type Words = Record<keyof typeof ENGLISH, string>;
