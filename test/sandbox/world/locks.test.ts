import { describe, expect, it } from 'vitest';
import { kill, pausedSandbox, post, read, run, runScript } from '../support.js';

describe('a lock', () => {
  it('makes a second job of a configuration wait without a trace in its document', async () => {
    const sandbox = await pausedSandbox();
    const [first, second] = [await run(sandbox, 'medium'), await run(sandbox, 'medium')];
    const before = await read(sandbox, second);
    sandbox.clock.advance(60_000);
    expect((await read(sandbox, first)).status).toBe('success');
    expect(await read(sandbox, second)).toEqual(before);
    // Sixty seconds after the attempt that found it taken, not when it became free.
    sandbox.clock.advance(200);
    expect(await read(sandbox, second)).toMatchObject({ status: 'processing', startTime: '2016-05-15T18:15:47+02:00' });
    sandbox.clock.advance(10_000);
    expect(await read(sandbox, second)).toMatchObject({ status: 'success', waitSeconds: 60 });
  });

  it('is tried again after the retry delay, as often as needed', async () => {
    const sandbox = await pausedSandbox({ lockRetryDelaySeconds: 7 });
    await run(sandbox, 'medium');
    const second = await run(sandbox, 'medium');
    sandbox.clock.advance(14_199);
    expect((await read(sandbox, second)).status).toBe('waiting');
    sandbox.clock.advance(1);
    expect((await read(sandbox, second)).status).toBe('processing');
    expect(sandbox.counters.runsByJob).toEqual({ [Number(second) - 2]: 1, [second]: 1 });
  });

  it('covers rows, tags and branches of a configuration, and no other configuration or project', async () => {
    const fixture = {
      projects: [1, 2].map((id) => ({
        id,
        name: 'P',
        tokens: [{ token: `t${id}`, id: '1', description: 'd' }],
        configurations: ['a', 'b'].map((config) => ({
          component: 'keboola.ex-http',
          id: config,
          rows: [{ id: 'r1' }],
        })),
      })),
    };
    const sandbox = await pausedSandbox({ fixture });
    const statusOf = async (path: string, body: object, token = 't1'): Promise<string> => {
      const { json } = await post(sandbox, `/docker/${path}`, body, { token });
      sandbox.clock.advance(300);
      return (await sandbox.jobs()).find(({ id }) => String(id) === json.id)?.status ?? '';
    };
    expect(await statusOf('keboola.ex-http/run', { config: 'a' })).toBe('processing');
    expect(await statusOf('keboola.ex-http/run', { config: 'a', row: 'r1' })).toBe('waiting');
    expect(await statusOf('keboola.ex-http/run/tag/1', { config: 'a' })).toBe('waiting');
    expect(await statusOf('branch/5/keboola.ex-http/run', { config: 'a' })).toBe('waiting');
    expect(await statusOf('keboola.ex-http/run', { config: 'b' })).toBe('processing');
    expect(await statusOf('keboola.ex-http/run', { config: 'a' }, 't2')).toBe('processing');
  });

  it('names the whole app for native jobs without a configuration, and what the fixture says for others', async () => {
    const names = async (lock: 'app' | 'configuration' | 'configurationAndToken'): Promise<unknown[]> => {
      const fixture = {
        components: [{ id: 'app', kind: 'native' as const, name: 'App', params: ['config'], lock }],
        projects: [{ id: 7, name: 'P', tokens: [{ token: 't', id: '9', description: 'd' }] }],
      };
      const sandbox = await pausedSandbox({ fixture });
      const answers = [await post(sandbox, '/app/run', {}), await post(sandbox, '/app/run', { config: 'c' })];
      return answers.map(({ json }) => json['lockName']);
    };
    expect(await names('app')).toEqual(['app-7', 'app-7']);
    expect(await names('configuration')).toEqual(['app-7', 'app-7-c']);
    expect(await names('configurationAndToken')).toEqual(['app-7', 'app-7-c-9']);
  });

  it('is freed by a kill, once the job is terminated', async () => {
    const sandbox = await pausedSandbox({ lockRetryDelaySeconds: 1 });
    const [first, second] = [await run(sandbox, 'slow'), await run(sandbox, 'slow')];
    sandbox.clock.advance(5_200);
    await kill(sandbox, first);
    sandbox.clock.advance(1_999);
    expect((await read(sandbox, second)).status).toBe('waiting');
    sandbox.clock.advance(1_001);
    expect((await read(sandbox, second)).status).toBe('processing');
  });

  it('of the own configuration makes a parent and its child wait for each other for ever', async () => {
    const children = [{ component: 'keboola.ex-http', config: 'same' }];
    const configurations = [{ component: 'keboola.ex-http', id: 'same', script: { durationSeconds: 1, children } }];
    const project = { id: 1, name: 'P', tokens: [{ token: 't', id: '1', description: 'd' }], configurations };
    const sandbox = await pausedSandbox({ fixture: { projects: [project] } });
    await run(sandbox, 'same');
    sandbox.clock.advance(86_400_000);
    expect((await sandbox.jobs()).map(({ status }) => status)).toEqual(['processing', 'waiting']);
  });

  it('lets jobs through one by one in an order that is always the same', async () => {
    const order = async (): Promise<unknown> => {
      const sandbox = await pausedSandbox({ lockRetryDelaySeconds: 5 });
      for (let count = 0; count < 5; count++) await run(sandbox, 'success');
      sandbox.clock.advance(600_000);
      expect(sandbox.counters).toMatchObject({ runs: 5, runningMaxByProject: { 1134: 1 } });
      return (await sandbox.jobs()).map(({ startTime }) => startTime);
    };
    expect(await order()).toEqual(await order());
  });
});

it('workers of a set number take the waiting jobs in the order in which these came into the queue', async () => {
  const sandbox = await pausedSandbox({ workers: 2 });
  for (let count = 0; count < 5; count++) await runScript(sandbox, { durationSeconds: 10 });
  const starts = async (): Promise<unknown[]> => (await sandbox.jobs()).map(({ status }) => status);
  sandbox.clock.advance(9_000);
  expect(await starts()).toEqual(['processing', 'processing', 'waiting', 'waiting', 'waiting']);
  sandbox.clock.advance(2_000);
  expect(await starts()).toEqual(['success', 'success', 'processing', 'processing', 'waiting']);
  await sandbox.settings({ workers: 3 });
  expect((await starts()).at(-1)).toBe('processing');
  sandbox.clock.advance(11_000);
  expect(sandbox.counters.runningMaxByProject).toEqual({ 1134: 3 });
});
