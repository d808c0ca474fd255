import { afterAll, describe, expect, it } from 'vitest';
import { Processes, type Process } from '../../support/processes.js';

const BUILT = new URL('../../../dist/cli/', import.meta.url).href;

const processes = new Processes({});
afterAll(async () => {
  await processes.close();
});

/** A process that does some work, says how that has ended, and leaves. */
async function working(work: string, isFirst = false): Promise<Process> {
  const script = `
    const { interruptible } = await import('${BUILT}follow/interruptible.js');
    const { untilStarted } = await import('${BUILT}follow/until-started.js');
    const { endUnheard } = await import('${BUILT}signals.js');
    endUnheard(${isFirst});
    const output = { error: (words) => console.log(words) };
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

describe.concurrent('work that can be interrupted', () => {
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
    const one = await working("interruptible('half is left', () => new Promise(() => undefined), 100)");
    expect((await one.signal('SIGINT').end()).stdout).toBe('works\nInterrupted 130 half is left\n');
  });

  it.each([
    ['leaves signals to the system', false, { code: null, signal: 'SIGINT' }],
    ['is ended by signals as the first process of a container, too,', true, { code: 130, signal: null }],
  ] as const)('%s once it has let go of them, as it does at the first one', async (_, isFirst, end) => {
    const work = `interruptible('', async ({ letGo }) => {
      letGo();
      await new Promise(() => undefined);
    })`;
    const one = await working(work, isFirst);
    expect(await one.signal('SIGINT').end()).toMatchObject(end);
  });
});

/** A start that comes through once it is interrupted, and what is done with it. */
const STARTS_LATE = `new Promise((start) => {
  const handle = { workflowId: 'w', cancel: async () => console.log('canceled') };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => setTimeout(() => start({ handle }), 100));
})`;

describe.concurrent('a start that is interrupted', () => {
  it('may have come through, and it is told where to look', async () => {
    const one = await working("untilStarted(new Promise(() => undefined), output, { onInterrupt: 'detach' })");
    const { stdout } = await one.signal('SIGINT').end();
    expect(stdout).toBe(
      'works\nInterrupted 130 it may have started all the same. Look with `keboola-temporal list`.\n',
    );
  });

  it('is waited for, stopped and followed where Ctrl-C is to cancel', async () => {
    const work = `untilStarted(${STARTS_LATE}, output, { onInterrupt: 'cancel' }).then(({ isStopping }) => isStopping)`;
    const { stdout } = await (await working(work)).signal('SIGINT').end();
    expect(stdout).toContain('Stopping it, and waiting until Keboola confirms;');
    expect(stdout).toMatch(/canceled\nends with true\n$/);
  });

  it.each<[string, string, NodeJS.Signals, number]>([
    ['that is to detach', "{ onInterrupt: 'cancel', detach: true }", 'SIGINT', 130],
    ['by SIGTERM', "{ onInterrupt: 'cancel' }", 'SIGTERM', 143],
  ])('is not stopped %s', async (_, options, signal, code) => {
    const one = await working(`untilStarted(${STARTS_LATE}, output, ${options})`);
    const { stdout } = await one.signal(signal).end();
    expect(stdout).toContain(`Interrupted ${code} it may have started all the same.`);
    expect(stdout).not.toContain('canceled');
  });

  it('and does not come through although it was to be stopped is told with how to stop it', async () => {
    const one = await working("untilStarted(new Promise(() => undefined), output, { onInterrupt: 'cancel' })");
    const { stdout } = await one.signal('SIGINT').end();
    expect(stdout).toContain('Look with `keboola-temporal list`; `keboola-temporal cancel` with its id stops it.');
  });
});
