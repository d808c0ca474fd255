import { afterAll, describe, expect, it } from 'vitest';
import { Processes, type Process } from '../../support/processes.js';

const BUILT = new URL('../../../dist/cli/', import.meta.url).href;

const processes = new Processes({});
afterAll(async () => {
  await processes.close();
});

/** A process that does some work, says how that has ended, and leaves. */
async function working(work: string): Promise<Process> {
  const script = `
    const { interruptible } = await import('${BUILT}follow/interruptible.js');
    const { untilStarted } = await import('${BUILT}follow/until-started.js');
    setInterval(() => undefined, 60_000);
    const ends = (${work}).then((value) => ['ends with', value], (error) => [error.name, error.exitCode, error.message]);
    console.log('works');
    console.log(...(await ends));
    process.exit();
  `;
  const one = processes.start(process.execPath, ['--input-type=module', '-e', script]);
  await one.says('works');
  return one;
}

const UNTIL_TOLD = 'new Promise((done) => signal.addEventListener("abort", () => done("all of it")))';

describe('work that can be interrupted', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('has its signal at %s, and ends as interrupted with %i where it fails then', async (name, code) => {
    const one = await working(`interruptible('half is left', async ({ signal }) => {
      await ${UNTIL_TOLD};
      throw new Error('broken off');
    })`);
    const { stdout } = await one.signal(name).end();
    expect(stdout).toBe(`works\nInterrupted ${code} half is left\n`);
  });

  it('counts where it comes to its end all the same', async () => {
    const one = await working(`interruptible('', ({ signal }) => ${UNTIL_TOLD})`);
    expect((await one.signal('SIGINT').end()).stdout).toBe('works\nends with all of it\n');
  });

  it('holds nobody where it takes no notice', async () => {
    const one = await working("interruptible('half is left', () => new Promise(() => undefined))");
    expect((await one.signal('SIGINT').end()).stdout).toBe('works\nInterrupted 130 half is left\n');
  });

  it('leaves signals to the system once it has let go of them', async () => {
    const one = await working(`interruptible('', async ({ letGo }) => {
      letGo();
      await new Promise(() => undefined);
    })`);
    expect(await one.signal('SIGINT').end()).toMatchObject({ code: null, signal: 'SIGINT' });
  });
});

describe('a start that is interrupted', () => {
  it('may have come through, and it is told where to look', async () => {
    const one = await working('untilStarted(new Promise(() => undefined))');
    const { stdout } = await one.signal('SIGINT').end();
    expect(stdout).toBe(
      'works\nInterrupted 130 it may have started all the same. Look with `keboola-temporal list`.\n',
    );
  });
});
