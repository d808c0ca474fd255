// Changes one operator after another in the rooms that decide, and looks whether a test notices: npm run test:mutation
//
//   npm run test:mutation -- --mutate 'src/job/wait/status.ts'      one file
//
export default {
  mutate: ['src/job/**/*.ts', 'src/input/**/*.ts', 'src/keboola/**/*.ts'],
  // Most are names of a union, for which the compiler looks, or words for people.
  mutator: { excludedMutations: ['StringLiteral'] },
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // What is computed once when a module is loaded would need every test for every change.
  ignoreStatic: true,
  ignorePatterns: ['dist', 'examples', '.stryker'],
  concurrency: 2,
  timeoutMS: 10_000,
  tempDirName: '.stryker/tmp',
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  htmlReporter: { fileName: '.stryker/report.html' },
  jsonReporter: { fileName: '.stryker/report.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, allowEmojis: false },
  thresholds: { high: 95, low: 85, break: 85 },
};
