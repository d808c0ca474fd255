import { describe, expect, it } from 'vitest';
import { ask, pausedSandbox, post, run, runScript } from '../../support.js';

const DAILY = '/docker/stats/project/daily';
const DAYS = 'fromDate=2016-05-15&toDate=2016-05-16';

describe('statistics', () => {
  it('sum up what the jobs of the project have worked', async () => {
    const sandbox = await pausedSandbox();
    expect((await ask(sandbox, '/docker/stats/project')).json).toEqual({ jobs: { durationSum: 0 } });
    for (const durationSeconds of [10, 20]) await runScript(sandbox, { durationSeconds });
    await post(sandbox, '/ex-db/run', {}, { token: '2222-1-other' });
    sandbox.clock.advance(15_000);
    expect((await ask(sandbox, '/docker/stats/project')).json).toEqual({ jobs: { durationSum: 10 } });
    sandbox.clock.advance(15_000);
    expect((await ask(sandbox, '/docker/stats/project')).json).toEqual({ jobs: { durationSum: 30 } });
  });

  it('are kept by day, in the offset that is asked for', async () => {
    const sandbox = await pausedSandbox();
    await runScript(sandbox, { durationSeconds: 10 });
    sandbox.clock.advance(5 * 3_600_000);
    await runScript(sandbox, { durationSeconds: 20 });
    sandbox.clock.advance(60_000);
    const daily = async (query: string): Promise<unknown> => (await ask(sandbox, `${DAILY}?${query}`)).json;
    const day = (date: string, durationSum: number) => ({ date, durationSum });
    expect(await daily(`${DAYS}&timezoneOffset=%2B02:00`)).toEqual({ jobs: [day('2016-05-15', 30)] });
    expect(await daily(`${DAYS}&timezoneOffset=+04:00`)).toEqual({
      jobs: [day('2016-05-15', 10), day('2016-05-16', 20)],
    });
    expect(await daily('fromDate=2016-05-16&toDate=2016-05-16&timezoneOffset=-02:00')).toEqual({ jobs: [] });
  });

  it.each([
    ['toDate=2016-05-16&timezoneOffset=+02:00', 'Missing "fromDate" query parameter.'],
    ['fromDate=2016-05-16&timezoneOffset=+02:00', 'Missing "toDate" query parameter.'],
    [DAYS, 'Missing "timezoneOffset" query parameter.'],
    [`${DAYS}&timezoneOffset=CET`, '"CET" is not an offset such as +02:00'],
  ])('by day refuse %s', async (query, message) => {
    const sandbox = await pausedSandbox();
    await run(sandbox, 'success');
    sandbox.clock.advance(10_000);
    const { status, json } = await ask(sandbox, `${DAILY}?${query}`);
    expect([status, json.message]).toEqual([400, message]);
  });
});
