// The page in a real browser. `cargo xtask test --only e2e` builds it, finds the browser and a free port, and runs this.

import { defineConfig } from "@playwright/test";

const port = Number(process.env.POSTPROOF_PORT ?? 9025);
const address = `http://127.0.0.1:${port}/`;
const xtask = process.env.POSTPROOF_XTASK ? `"${process.env.POSTPROOF_XTASK}"` : "cargo xtask";

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  reporter: "list",
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  workers: 2,
  // Nothing is tried again: a test that passes the second time hides a race that users meet the first time.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: address,
    locale: "en-US",
    // Only the tests of what is kept on the device let it stand between the page and the network.
    serviceWorkers: "block",
    launchOptions: { executablePath: process.env.POSTPROOF_CHROMIUM || undefined },
    trace: "retain-on-failure",
  },
  webServer: {
    command: `${xtask} serve --no-build --port ${port}`,
    url: address,
    reuseExistingServer: false,
    timeout: 120_000,
  },
});
