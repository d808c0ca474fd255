import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { nextDelayMs } from '../../../../src/job/wait/poll-schedule.js';

const SHARED = fileURLToPath(new URL('../../../../bench/peers/run/', import.meta.url));
const AGES_SECONDS = [0, 0.4, 9, 10, 25, 600, 7_200];
const UNIFORM = [0, 0.5, 0.999];

it('lets the loop of Python rest as long as ours', () => {
  const program = [
    'import json, sandbox_requests',
    `ages, uniform = ${JSON.stringify(AGES_SECONDS)}, ${JSON.stringify(UNIFORM)}`,
    'print(json.dumps([[sandbox_requests.rest_seconds(age, lambda: one) for one in uniform] for age in ages]))',
  ].join('\n');
  const output = execFileSync('python3', ['-B', '-c', program], { cwd: SHARED, encoding: 'utf8' });
  const rests = (JSON.parse(output) as number[][]).map((row) => row.map((seconds) => Math.round(seconds * 1_000)));
  expect(rests).toEqual(
    AGES_SECONDS.map((age) =>
      UNIFORM.map((one) => nextDelayMs({ phase: 'processing', ageMs: age * 1_000, random: () => one })),
    ),
  );
});
