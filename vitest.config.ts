import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['harness/**/*.test.ts', 'harness/**/*.test.tsx'],
    // Booting a real VM under emulation takes seconds; a hang must still end.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    server: { deps: { inline: [/@actions\//] } },
    coverage: { provider: 'v8', include: ['harness/**/*.ts', 'harness/**/*.tsx'], exclude: ['**/*.test.*'] },
  },
});
