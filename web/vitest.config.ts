import { defineConfig } from "vitest/config";

/** Every package's tests in one run; what needs a page says so in its first line. */
export default defineConfig({
  test: {
    include: ["{shared,portal,ops}/src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
