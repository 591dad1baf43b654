import { defineConfig } from "vite";

// The pages of later.ts with what they alone need; the first page wants everything else at once.
const LATE =
  /\/pages\/(Consent|Delivery|Messages|Order|Pay|Photo|checking|states)\.tsx?$|\/photo\/|\/es\.ts$/;

// The files' names carry their digest below assets/, so those may be kept for ever.
export default defineConfig({
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // the content policy allows no data: but for pictures the reader chose
    modulePreload: false, // what is fetched late brings along next to nothing
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: "index", test: (file: string) => !LATE.test(file) }] },
      },
    },
  },
});
