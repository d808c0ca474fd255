import { describe, expect, it } from 'vitest';
import { ask, matching, pausedSandbox, post, read, run, runScript } from '../support.js';

describe('settings', () => {
  it('come from the defaults, the fixture and the options, the later ones winning', async () => {
    const settings = { workers: 3, pickUpDelaySeconds: 5, killLatencySeconds: 9 };
    const sandbox = await pausedSandbox({ fixture: { settings }, pickUpDelaySeconds: 1 });
    expect(await sandbox.settings()).toMatchObject({
      workers: 3,
      pickUpDelaySeconds: 1,
      killLatencySeconds: 9,
      searchLagSeconds: 1,
      timeZone: 'Europe/Prague',
    });
    // A fixture of settings alone keeps what is built in.
    expect(sandbox.token).toBe('1134-53044-sandbox');
  });

  it('change at run time from then on, by program and by request, and go back at a reset', async () => {
    const sandbox = await pausedSandbox();
    const [early] = [await run(sandbox, 'success')];
    const { status, json } = await post(sandbox, '/_sandbox/settings', { pickUpDelaySeconds: 30 });
    expect([status, json]).toEqual([200, await sandbox.settings()]);
    const late = await run(sandbox, 'medium');
    sandbox.clock.advance(1_000);
    expect([(await read(sandbox, early)).status, (await read(sandbox, late)).status]).toEqual([
      'processing',
      'waiting',
    ]);
    sandbox.reset();
    expect((await ask(sandbox, '/_sandbox/settings')).json).toMatchObject({ pickUpDelaySeconds: 0.2 });
  });

  it('do not rewrite what was due before they changed', async () => {
    const sandbox = await pausedSandbox();
    const id = await runScript(sandbox, { durationSeconds: 1 });
    sandbox.clock.advance(10_000);
    await sandbox.settings({ workers: 1, searchStalled: true, searchLagSeconds: 100 });
    expect((await read(sandbox, id)).status).toBe('success');
    expect((await ask(sandbox, '/queue/jobs')).json).toMatchObject([{ status: 'success' }]);
  });

  it('move the time zone of all timestamps, also of documents that were shown before', async () => {
    const sandbox = await pausedSandbox();
    const id = await run(sandbox, 'success');
    expect((await read(sandbox, id))['createdTime']).toBe('2016-05-15T18:14:47+02:00');
    await sandbox.settings({ timeZone: 'America/St_Johns' });
    expect((await read(sandbox, id))['createdTime']).toBe('2016-05-15T13:44:47-02:30');
  });

  it('that are wrong are refused by name, and nothing changes', async () => {
    const sandbox = await pausedSandbox();
    const before = await sandbox.settings();
    const refusal = async (body: object): Promise<unknown> => {
      const { status, json } = await post(sandbox, '/_sandbox/settings', body);
      expect(status).toBe(400);
      return json['error'];
    };
    expect(await refusal({ workers: 0 })).toEqual(matching(/workers: /));
    expect(await refusal({ worker: 5 })).toEqual(matching(/"worker"/));
    expect(await refusal({ lockRetryDelaySeconds: 0 })).toEqual(matching(/lockRetryDelaySeconds: /));
    expect(await refusal({ workers: 5, timeZone: 'Mars' })).toEqual(matching(/timeZone "Mars"/));
    expect(await sandbox.settings()).toEqual(before);
  });

  it('never let an id be given twice', async () => {
    const sandbox = await pausedSandbox();
    await run(sandbox, 'success');
    await expect(sandbox.settings({ firstTicket: 186_985_833 })).rejects.toThrow(/given out already.*186985834/);
    await sandbox.settings({ firstTicket: 186_985_900 });
    expect(await run(sandbox, 'warning')).toBe('186985900');
  });
});
