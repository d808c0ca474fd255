import { afterAll, describe, expect, it } from 'vitest';
import { Processes, type Process } from '../support/processes.js';

const MODULE = new URL('../../dist/cli/until-stopped.js', import.meta.url).href;
/** A command whose end takes long. */
const SLOW_END = `
  const { untilStopped } = await import(${JSON.stringify(MODULE)});
  setInterval(() => undefined, 60_000);
  const stopped = untilStopped();
  console.log('waits');
  console.log('stops with', await stopped);
`;

const processes = new Processes({});
afterAll(async () => {
  await processes.close();
});

async function stopped(signal: NodeJS.Signals, code: number): Promise<Process> {
  const one = processes.start(process.execPath, ['--input-type=module', '-e', SLOW_END]);
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
  ] as const)('stops at %s with %i, and ends at once at a %s after it', async (first, code, second) => {
    const one = await stopped(first, code);
    expect(await one.signal(second).end(10_000)).toMatchObject({ code: null, signal: second });
  });
});
