import { describe, expect, it } from 'vitest';
import { createClock, startSandbox } from '../../../src/sandbox/index.js';
import type { ControlledClock, Sandbox } from '../../../src/sandbox/index.js';
import { closeLater, list, read, runScript } from '../support.js';

async function openAt(instant: string): Promise<Sandbox<ControlledClock>> {
  const clock = createClock({ start: Date.parse(instant) });
  clock.pause();
  return closeLater(await startSandbox({ clock, pickUpDelaySeconds: 0, searchLagSeconds: 0 }));
}

describe('a job that lives through the change of clocks', () => {
  it('in autumn ends at an earlier hour than it began, after the right number of seconds', async () => {
    const sandbox = await openAt('2016-10-30T00:40:00Z');
    const id = await runScript(sandbox, { durationSeconds: 2_400 });
    sandbox.clock.advance(3_600_000);
    expect(await read(sandbox, id)).toMatchObject({
      createdTime: '2016-10-30T02:40:00+02:00',
      startTime: '2016-10-30T02:40:00+02:00',
      endTime: '2016-10-30T02:20:00+01:00',
      durationSeconds: 2_400,
      waitSeconds: 0,
    });
  });

  it('in spring skips an hour on the clock and none in its duration', async () => {
    const sandbox = await openAt('2016-03-27T00:59:59Z');
    const id = await runScript(sandbox, { durationSeconds: 2 });
    sandbox.clock.advance(10_000);
    expect(await read(sandbox, id)).toMatchObject({
      startTime: '2016-03-27T01:59:59+01:00',
      endTime: '2016-03-27T03:00:01+02:00',
      durationSeconds: 2,
    });
  });

  it('is found by instants and not by the texts of its times', async () => {
    const sandbox = await openAt('2016-10-30T00:40:00Z');
    const [early] = [await runScript(sandbox, {})];
    sandbox.clock.advance(2_400_000);
    const late = await runScript(sandbox, {});
    const ids = async (since: string) => (await list(sandbox, { since })).map(({ id }) => String(id));
    expect(await ids('2016-10-30T02:20:00+01:00')).toEqual([late]);
    expect(await ids('2016-10-30T02:40:00+02:00')).toEqual([late, early]);
    const byTime = await list(sandbox, { q: 'createdTime:>"2016-10-30T02:30:00+02:00"'.replaceAll('"', '') });
    expect(byTime.map(({ id }) => String(id))).toEqual([late, early]);
  });
});
