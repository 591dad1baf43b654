import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The files' names carry their digest below assets/, so those may be kept for ever.
export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // the content policy allows no data: but for pictures
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
