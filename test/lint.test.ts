import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** The rules that hold the rooms apart; the others have their own say in `npm run lint`. */
const HOUSE_RULES = new Set([
  'import-x/no-restricted-paths',
  'no-restricted-imports',
  'no-restricted-properties',
  'no-restricted-syntax',
  'no-restricted-globals',
  'no-console',
]);

const eslint = new ESLint({
  cwd: ROOT,
  ruleFilter: ({ ruleId }) => HOUSE_RULES.has(ruleId),
  // These rules need no types, which take seconds to read.
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
});

/** What the real configuration says of a text, as if it stood in that file. */
async function complaints(filePath: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: `${ROOT}${filePath}` });
  const { messages = [] } = result ?? {};
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new Error(fatal.message);
  return messages.filter(({ severity }) => severity === 2).map(({ ruleId }) => ruleId ?? '');
}

const WORKFLOW = 'src/workflows/run-job.ts';
const JOB = 'src/job/create/fence.ts';
const INPUT = 'src/input/check-input.ts';
const KEBOOLA = 'src/keboola/http/http.ts';
const STORAGE = 'src/keboola/storage/storage-api.ts';
const COMMAND = 'src/cli/options/dry-run.ts';
const ACTIVITY = 'src/activities/wait/read-job.ts';
const SANDBOX = 'src/sandbox/start.ts';
const CLIENT = 'src/client.ts';

describe('an import against the arrows is an error', () => {
  test.each([
    ['workflows', 'keboola', WORKFLOW, "import { KeboolaHttp } from '../keboola/http/http.js';"],
    ['workflows', 'input', WORKFLOW, "import { checkRunJobInput } from '../input/check-input.js';"],
    ['workflows', 'activities', WORKFLOW, "import { readJob } from '../activities/wait/read-job.js';"],
    ['workflows', 'types of activities', WORKFLOW, "import type { ActivityDeps } from '../activities/deps.js';"],
    ['workflows', 'the worker', WORKFLOW, "import { createWorker } from '../worker.js';"],
    ['workflows', 'the settings', WORKFLOW, "import { readSettings } from '../settings.js';"],
    ['job', 'keboola', JOB, "import { KeboolaHttp } from '../../keboola/http/http.js';"],
    ['job', 'types of activities', JOB, "import type { ActivityDeps } from '../../activities/deps.js';"],
    ['input', 'keboola', INPUT, "import { KeboolaHttp } from '../keboola/http/http.js';"],
    ['keboola', 'workflows', KEBOOLA, "import { runJob } from '../../workflows/run-job.js';"],
    ['keboola', 'the sandbox', KEBOOLA, "import { startSandbox } from '../../sandbox/index.js';"],
    ['activities', 'workflows', ACTIVITY, "import { runJob } from '../../workflows/run-job.js';"],
    ['client', 'activities', CLIENT, "import { readJob } from './activities/wait/read-job.js';"],
    ['client', 'keboola', CLIENT, "import { KeboolaHttp } from './keboola/http/http.js';"],
    ['client', 'the worker', CLIENT, "import { createWorker } from './worker.js';"],
    ['sandbox', 'job', SANDBOX, "import { isRunId } from '../job/run-id.js';"],
    ['sandbox', 'types of job', SANDBOX, "import type { JobView } from '../job/job-view.js';"],
    ['sandbox', 'keboola', SANDBOX, "import { KeboolaHttp } from '../keboola/http/http.js';"],
    ['a folder of the sandbox', 'job', 'src/sandbox/world/world.ts', "import { isRunId } from '../../job/run-id.js';"],
    ['exchanges', 'a dialect', KEBOOLA, "import { runRoute } from '../syrup/run-route.js';"],
    ['activities', 'a dialect', ACTIVITY, "import { runRoute } from '../../keboola/syrup/run-route.js';"],
    ['storage', 'a dialect', STORAGE, "import { runRoute } from '../syrup/run-route.js';"],
    ['commands', 'a dialect', COMMAND, "import { runRoute } from '../../keboola/syrup/run-route.js';"],
    ['commands', 'storage', COMMAND, "import { StorageApi } from '../../keboola/storage/storage-api.js';"],
    ['commands', 'ports', COMMAND, "import type { JobApi } from '../../keboola/jobs/job-api.js';"],
    [
      'a stop',
      'creations',
      'src/workflows/stop/failures-of.ts',
      "import { createOnce } from '../create/create-once.js';",
    ],
  ])('%s -> %s', async (_from, _to, file, text) => {
    expect(await complaints(file, `${text}\n`)).toContain('import-x/no-restricted-paths');
  });
});

describe('a package that a room cannot use is an error there', () => {
  test.each([
    ['workflows', 'node:fs', WORKFLOW, "import { readFileSync } from 'node:fs';"],
    ['workflows', 'fs', WORKFLOW, "import { readFileSync } from 'fs';"],
    ['workflows', 'node:timers/promises', WORKFLOW, "import { setTimeout } from 'node:timers/promises';"],
    ['workflows', 'undici', WORKFLOW, "import { request } from 'undici';"],
    ['workflows', 'zod', WORKFLOW, "import { z } from 'zod';"],
    ['job', 'node:crypto', JOB, "import { createHash } from 'node:crypto';"],
    ['input', 'undici', INPUT, "import { request } from 'undici';"],
    ['keboola', 'Temporal', KEBOOLA, "import { ApplicationFailure } from '@temporalio/common';"],
    ['sandbox', 'Temporal', SANDBOX, "import { Client } from '@temporalio/client';"],
  ])('%s -> %s', async (_from, _to, file, text) => {
    expect(await complaints(file, `${text}\n`)).toContain('no-restricted-imports');
  });
});

describe('an import along the arrows is allowed', () => {
  test.each([
    ['workflows', 'job', WORKFLOW, "import { isRunId } from '../job/run-id.js';"],
    ['workflows', 'their own file about activities', WORKFLOW, "import { readJob } from './activities.js';"],
    ['workflows', 'the SDK', WORKFLOW, "import { sleep } from '@temporalio/workflow';"],
    ['keboola', 'job', KEBOOLA, "import { isRunId } from '../../job/run-id.js';"],
    ['keboola', 'undici', KEBOOLA, "import { Agent } from 'undici';"],
    ['activities', 'keboola', ACTIVITY, "import { Connections } from '../../keboola/connections.js';"],
    [
      'the door of keboola',
      'a dialect',
      'src/keboola/keboola.ts',
      "import { openSyrup } from './syrup/open-syrup.js';",
    ],
    ['commands', 'connections', COMMAND, "import { reportOf } from '../../keboola/connection/connection-report.js';"],
    ['sandbox', 'its own files', SANDBOX, "import { createClock } from './clock.js';"],
    ['sandbox', 'a server framework', SANDBOX, "import fastify from 'fastify';"],
    ['creations', 'a stop', 'src/workflows/create/create-once.ts', "import { stopJob } from '../stop/stop-job.js';"],
  ])('%s -> %s', async (_from, _to, file, text) => {
    expect(await complaints(file, `${text}\n`)).toEqual([]);
  });
});

describe('in a workflow', () => {
  test.each(['Error', 'TypeError', 'RangeError'])(
    'new %s is an error, since it would never close the workflow',
    async (name) => {
      expect(await complaints(WORKFLOW, `throw new ${name}('x');\n`)).toEqual(['no-restricted-syntax']);
      expect(await complaints(KEBOOLA, `throw new ${name}('x');\n`)).toEqual([]);
    },
  );

  test.each([
    ['proxyActivities without a cancellationType', "proxyActivities({ startToCloseTimeout: '1m' });"],
    ['proxyLocalActivities without a cancellationType', "proxyLocalActivities({ startToCloseTimeout: '1m' });"],
    ['proxyActivities with options from elsewhere', 'const options = {}; proxyActivities(options);'],
    ['proxyActivities with options of a call', 'proxyActivities(optionsOf(1));'],
  ])('%s is an error', async (_, text) => {
    expect(await complaints(WORKFLOW, `${text}\n`)).toContain('no-restricted-syntax');
  });

  test('proxyActivities with a written-out cancellationType is allowed', async () => {
    const text =
      "proxyActivities({ startToCloseTimeout: '1m', cancellationType: ActivityCancellationType.TRY_CANCEL });\n";
    expect(await complaints(WORKFLOW, text)).toEqual([]);
  });

  test('a marker that can never be removed is an error, save where it is known why', async () => {
    const text = "import { patched } from '@temporalio/workflow';\n";
    expect(await complaints(WORKFLOW, text)).toEqual(['no-restricted-syntax']);
    expect(await complaints('src/workflows/reset/reset-point.ts', text)).toEqual([]);
    expect(await complaints('src/workflows/reset/reset-point.ts', 'let last = 0;\n')).toEqual(['no-restricted-syntax']);
  });

  test.each(['process.exit()', "fetch('x')", 'setTimeout(f, 1)', 'crypto.randomUUID()', 'Buffer.from([])'])(
    '%s is an error, as it is in job',
    async (expression) => {
      expect(await complaints(WORKFLOW, `${expression};\n`)).toContain('no-restricted-globals');
      expect(await complaints(JOB, `${expression};\n`)).toContain('no-restricted-globals');
    },
  );
});

describe('a way to the terminal around its rim is an error', () => {
  test.each([
    "import colors from 'picocolors';",
    "import { createLogUpdate } from 'log-update';",
    "import { stdout } from 'node:process';",
    "process.stderr.write('x');",
  ])('in a command: %s', async (text) => {
    expect(await complaints('src/cli/commands/run.ts', `${text}\n`)).toHaveLength(1);
    expect(await complaints('src/operate/terminal.ts', `${text}\n`)).toEqual([]);
  });
});

describe('in a module that workflows share', () => {
  test.each([
    'let last = 0;',
    'export let last = 0;',
    'const seen = new Map();',
    'export const seen = new Set();',
    'const seen: string[] = [];',
    'const memo = {};',
    'const all = /x/g;',
    'class A { static last = 0; }',
  ])('state is an error: %s', async (text) => {
    for (const file of [WORKFLOW, JOB]) expect(await complaints(file, `${text}\n`)).toEqual(['no-restricted-syntax']);
    expect(await complaints(KEBOOLA, `${text}\n`)).toEqual([]);
  });

  test('a table, and what a function keeps while it runs, are none', async () => {
    const text =
      "export const kinds = new Set(['job']);\nexport const of = () => {\n  let at = new Map();\n  return at;\n};\n";
    expect(await complaints(JOB, text)).toEqual([]);
  });
});

describe('in all of src', () => {
  test.each([KEBOOLA, ACTIVITY, SANDBOX, CLIENT, 'src/worker.ts', 'src/dev/ports.ts', 'src/cli/program.ts'])(
    'process.env is an error: %s',
    async (file) => {
      expect(await complaints(file, "export const home = process.env['HOME'];\n")).toContain(
        'no-restricted-properties',
      );
    },
  );

  test('process.env is read in the settings and nowhere else', async () => {
    expect(await complaints('src/settings.ts', "export const home = process.env['HOME'];\n")).toEqual([]);
  });

  test('a default export and a word on the console are errors', async () => {
    expect(await complaints(KEBOOLA, 'export default 1;\n')).toContain('no-restricted-syntax');
    expect(await complaints(WORKFLOW, 'export default 1;\n')).toContain('no-restricted-syntax');
    expect(await complaints(KEBOOLA, "console.log('x');\n")).toEqual(['no-console']);
  });
});
