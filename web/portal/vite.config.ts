import { defineConfig } from "vite";

// The files' names carry their digest below assets/, so those may be kept for ever.
export default defineConfig({
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // the content policy allows no data: but for pictures the reader chose
    modulePreload: false, // one chunk is fetched late, and has nothing to bring along
    reportCompressedSize: false,
  },
});
