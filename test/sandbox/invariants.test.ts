import { expect, it } from 'vitest';
import { ask, matching, pausedSandbox, post, read, runScript } from './support.js';

it('never returns the secret of a token', async () => {
  const sandbox = await pausedSandbox();
  const { json, text } = await post(sandbox, '/ex-db/run', {});
  sandbox.clock.advance(10_000);
  const paths = [
    `/queue/job/${json.id}`,
    '/queue/jobs',
    '/v2/storage/tokens/verify',
    '/v2/storage/components',
    '/_sandbox/requests',
    '/_sandbox/jobs',
    '/_sandbox/settings',
  ];
  const answers = [text];
  for (const path of paths) answers.push((await ask(sandbox, path)).text);
  for (const answer of answers) expect(answer).not.toContain(sandbox.token);
});

it('forgets the oldest finished job when it is full, and says so when it cannot', async () => {
  const sandbox = await pausedSandbox({ jobsMax: 2 });
  await runScript(sandbox, { durationSeconds: 60 });
  const short = await runScript(sandbox, { durationSeconds: 1 });
  const full = await post(sandbox, '/ex-db/run', {});
  expect([full.status, full.json.message]).toEqual([500, matching(/sandbox is full/)]);
  sandbox.clock.advance(5_000);
  expect((await post(sandbox, '/ex-db/run', {})).status).toBe(202);
  expect((await ask(sandbox, `/queue/job/${short}`)).status).toBe(404);
  expect(sandbox.counters.jobsInWorld).toBe(2);
});

it('finds a job by its id from the moment that it is created, and lists it only after the lag', async () => {
  const sandbox = await pausedSandbox();
  const id = await runScript(sandbox, {});
  expect(await read(sandbox, id)).toMatchObject({ status: 'waiting', isFinished: false });
  expect((await ask(sandbox, '/queue/jobs')).json).toEqual([]);
  sandbox.clock.advance(1_000);
  expect((await ask(sandbox, '/queue/jobs')).json).toMatchObject([{ id: Number(id) }]);
});
