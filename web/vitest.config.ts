import { defineConfig } from "vitest/config";

/** Every package's tests in one run; each sees the JSX of its own tsconfig. */
export default defineConfig({
  test: {
    environment: "happy-dom",
    include: ["{shared,portal,ops}/src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
