import { describe, expect, it, vi } from 'vitest';
import { WorkerLog, type LogFormat } from '../../../src/operate/service/worker-log.js';

function written(
  log: (logger: WorkerLog) => void,
  format?: LogFormat,
  level: ConstructorParameters<typeof WorkerLog>[0] = 'WARN',
): string {
  const lines: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    log(new WorkerLog(level, format));
  } finally {
    write.mockRestore();
  }
  return lines.join('');
}

it('tells of a failed workflow in one line, without the way through our code', () => {
  const meta = { workflowId: 'keboola/a', workflowType: 'runJob', error: new Error('no table') };
  const text = written((logger) => logger.warn('Workflow failed', meta));
  expect(text).toMatch(/\[WARN\] runJob keboola\/a failed: no table\n$/);
  expect(text.split('\n')).toHaveLength(2);
});

describe('any other error', () => {
  const cause = new Error('the bucket "in.c-none" does not exist');
  const error = new Error('Activity function failed', { cause });
  const meta = { workflowId: 'keboola/a', activityType: 'prepareImport', attempt: 1, isLocal: false, error };

  it('is one line with all that was said, and what it is about', () => {
    expect(written((logger) => logger.warn('Activity failed', meta))).toMatch(
      /\[WARN\] Activity failed: Activity function failed: the bucket "in.c-none" does not exist \(workflowId keboola\/a, activityType prepareImport, attempt 1\)\n$/,
    );
  });

  it('comes with its way through the code where DEBUG is asked for', () => {
    const text = written((logger) => logger.warn('Activity failed', meta), 'pretty', 'DEBUG');
    expect(text).toContain('    at ');
    expect(text).toContain('isLocal');
  });

  it('ends, although it is its own cause, and says nothing twice', () => {
    const circle = new Error('again');
    circle.cause = new Error('again', { cause: circle });
    expect(written((logger) => logger.error('Odd', { error: circle }))).toMatch(/\[ERROR\] Odd: again\n$/);
  });

  it('of several lines stays in its own', () => {
    const text = written((logger) => logger.error('Odd', { error: new Error('one\ntwo') }));
    expect(text.split('\n')).toHaveLength(2);
  });
});

it('leaves everything else as it is', () => {
  expect(written((logger) => logger.warn('Something else', { count: 7 }))).toContain('Something else { count: 7 }');
  expect(written((logger) => logger.info('Workflow failed', { error: new Error('why') }))).toBe('');
});

it.each([
  'Tried to complete untracked local activity',
  'Query not found when attempting to respond to it',
  'Task not found when completing',
])('does not warn of what nobody can do anything about: %s', (message) => {
  expect(written((logger) => logger.warn(message))).toBe('');
});

describe('as JSON', () => {
  const json = (log: (logger: WorkerLog) => void): unknown[] =>
    written(log, 'json')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);

  it('is one line per event, with fields for what it is about', () => {
    const meta = { workflowId: 'keboola/a', workflowType: 'runJob', namespace: 'default' };
    expect(json((logger) => logger.warn('two\nlines', meta))).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
        level: 'WARN',
        message: 'two\nlines',
        workflowId: 'keboola/a',
        workflowType: 'runJob',
        meta: { namespace: 'default' },
      },
    ]);
  });

  it('names the job of a workflow that has failed', () => {
    const error = Object.assign(new Error('no table'), { details: [{ jobId: '77' }] });
    const meta = { workflowId: 'keboola/a', workflowType: 'runJob', error };
    expect(json((logger) => logger.warn('Workflow failed', meta))).toMatchObject([
      { message: 'runJob keboola/a failed: no table', workflowId: 'keboola/a', jobId: '77' },
    ]);
  });

  it('has a field for the connection of an event, which a line for people does not tell twice', () => {
    const say = (logger: WorkerLog): void =>
      logger.warn('Keboola, connection shop: well again', { connection: 'shop' });
    expect(json(say)).toMatchObject([{ message: 'Keboola, connection shop: well again', connection: 'shop' }]);
    expect(written(say)).toMatch(/\[WARN\] Keboola, connection shop: well again\n$/);
  });

  it('writes what JSON has no words for, and what refers to itself, in bounds', () => {
    const circle: Record<string, unknown> = { error: new TypeError('why'), big: 7n };
    expect(json((logger) => logger.error('odd', { ...circle }))).toMatchObject([
      { meta: { error: { name: 'TypeError', message: 'why' }, big: '7' } },
    ]);
    circle['self'] = circle;
    circle['long'] = 'x'.repeat(100_000);
    const [line] = json((logger) => logger.error('odd', circle)) as { meta: string }[];
    expect(line?.meta).toContain('[Circular');
    expect(line?.meta.length).toBeLessThanOrEqual(8_000);
  });
});
