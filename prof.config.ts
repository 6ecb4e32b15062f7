import { defineConfig } from "vitest/config";
export default defineConfig({
  test: {
    setupFiles: ["/tmp/t/prof-setup.ts"],
    include: ["test/**/*.test.ts"],
    testTimeout: 600000,
    maxWorkers: 1,
  },
});
