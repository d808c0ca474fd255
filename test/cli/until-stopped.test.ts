import { afterAll, describe, expect, it } from 'vitest';
import { Processes, type Process } from '../support/processes.js';

const BUILT = new URL('../../dist/cli/', import.meta.url).href;

/** A command whose end takes long. */
const slowEnd = (isFirst: boolean): string => `
  const { endUnheard } = await import('${BUILT}signals.js');
  const { untilStopped } = await import('${BUILT}until-stopped.js');
  endUnheard(${isFirst});
  setInterval(() => undefined, 60_000);
  process.on('SIGUSR2', () => console.log('goes on'));
  const stopped = untilStopped();
  console.log('waits');
  console.log('stops with', await stopped);
`;

const processes = new Processes({});
afterAll(async () => {
  await processes.close();
});

async function stopped(signal: NodeJS.Signals, code: number, isFirst = false): Promise<Process> {
  const one = processes.start(process.execPath, ['--input-type=module', '-e', slowEnd(isFirst)]);
  await one.says('waits');
  one.signal(signal);
  await one.says(`stops with ${code}`);
  return one;
}

describe('a command that waits for a signal', () => {
  it.each([
    ['SIGINT', 130, 'SIGINT'],
    ['SIGINT', 130, 'SIGTERM'],
    ['SIGTERM', 143, 'SIGTERM'],
    ['SIGTERM', 143, 'SIGINT'],
    ['SIGHUP', 129, 'SIGTERM'],
  ] as const)('stops at %s with %i, and ends at once at a %s after it', async (first, code, second) => {
    const one = await stopped(first, code);
    expect(await one.signal(second).end(10_000)).toMatchObject({ code: null, signal: second });
  });

  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('is not ended by the SIGHUP of a terminal that closes after a %s', async (first, code) => {
    const one = await stopped(first, code);
    one.signal('SIGHUP').signal('SIGUSR2');
    await one.says('goes on');
    expect(one.isRunning).toBe(true);
  });

  it('ends itself at once at the second one where no other can: as the first process of a container', async () => {
    const one = await stopped('SIGTERM', 143, true);
    expect(await one.signal('SIGINT').end(10_000)).toMatchObject({ code: 130, signal: null });
  });
});
