import { describe, expect, it } from 'vitest';
import { ask, kill, pausedSandbox, post, run } from '../support.js';

/** Odd, so that a number rounds it. */
const WIDE = '9007199254740993';

describe('ids above 2^53', () => {
  it('are written in all their digits, and found by them', async () => {
    const sandbox = await pausedSandbox({ firstTicket: WIDE });
    const created = await post(sandbox, '/ex-db/run', { config: 'sampledatabase' });
    expect(created.text).toContain(`{"id":${WIDE},"runId":"9007199254740994",`);
    const short = await run(sandbox, 'success');
    expect(short).toBe('9007199254740995');
    sandbox.clock.advance(5_000);

    const detail = await ask(sandbox, `/queue/job/${WIDE}`);
    expect(detail.text).toContain(`{"id":${WIDE},`);
    expect((await ask(sandbox, '/queue/job/9007199254740992')).status).toBe(404);
    expect((await ask(sandbox, '/queue/jobs')).text).toMatch(/"id":9007199254740995,.*"id":9007199254740993,/);
    expect((await ask(sandbox, `/queue/jobs?q=${encodeURIComponent(`id:>${WIDE}`)}`)).text).not.toContain(`${WIDE},`);
    expect((await ask(sandbox, `/queue/jobs?q=id:${WIDE}`)).text).toContain(`{"id":${WIDE},`);
    expect((await kill(sandbox, WIDE)).status).toBe(400);

    expect((await sandbox.jobs()).map(({ id }) => id)).toEqual([9007199254740993n, 9007199254740995n]);
    expect(sandbox.counters.readsByJob).toEqual({ [WIDE]: 1 });
    expect((await ask(sandbox, '/_sandbox/jobs')).text).toContain(`{"id":${WIDE},`);
    expect(sandbox.requests[0]?.jobId).toBe(WIDE);
  });

  it('sort by their value where the digits become one more', async () => {
    const sandbox = await pausedSandbox({ firstTicket: '9999999999999997' });
    for (let count = 0; count < 3; count++) await post(sandbox, '/ex-db/run', {});
    sandbox.clock.advance(2_000);
    const { text } = await ask(sandbox, '/queue/jobs');
    expect([...text.matchAll(/"id":(\d{9,})/g)].map(([, id]) => id)).toEqual([
      '10000000000000001',
      '9999999999999999',
      '9999999999999997',
    ]);
  });

  it('leave a document alone that holds numbers and texts of its own', async () => {
    const sandbox = await pausedSandbox({ firstTicket: WIDE });
    const configData = { parameters: { text: '"9007199254740999"', number: 1.5, deep: [{ a: null }] } };
    const { json } = await post(sandbox, '/docker/keboola.ex-http/run', { configData });
    expect((await ask(sandbox, `/queue/job/${json.id}`)).json.params).toMatchObject({ configData });
  });
});

describe('ids', () => {
  it('can all be numbers, or all be text', async () => {
    const sandbox = await pausedSandbox({ idsAs: 'number' });
    const types = async (): Promise<string[]> => {
      const docker = await post(sandbox, '/docker/keboola.ex-http/run', { config: 'success' });
      const native = await post(sandbox, '/ex-db/run', { config: 'sampledatabase' });
      const ticket = await post(sandbox, '/v2/storage/tickets');
      const detail = await ask(sandbox, `/queue/job/${docker.json.id}`);
      return [docker, native, ticket, detail].map(({ json }) => typeof json.id);
    };
    expect(await types()).toEqual(['number', 'number', 'number', 'number']);
    await sandbox.settings({ idsAs: 'text' });
    expect(await types()).toEqual(['string', 'string', 'string', 'string']);
    await sandbox.settings({ idsAs: 'platform' });
    expect(await types()).toEqual(['string', 'number', 'string', 'number']);
  });

  it('of the caller are cast to 64 bits in error envelopes, as PHP does', async () => {
    const sandbox = await pausedSandbox();
    const shown = async (runId: string): Promise<string | undefined> => {
      const { text } = await ask(sandbox, '/queue/job/1', { headers: { 'x-kbc-runid': runId } });
      return /"runId":(\S+)}/.exec(text)?.[1];
    };
    expect(await shown('900719925474099312.5')).toBe('900719925474099312');
    expect(await shown('99999999999999999999999')).toBe('9223372036854775807');
    expect(await shown('abc')).toBe('0');
  });
});
