import { describe, expect, it, vi } from 'vitest';
import { WorkerLog, type LogFormat } from '../../../src/operate/service/worker-log.js';

function written(log: (logger: WorkerLog) => void, format?: LogFormat): string {
  const lines: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    log(new WorkerLog('WARN', format));
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

it('leaves everything else as it is', () => {
  expect(written((logger) => logger.warn('Something else', { error: new Error('why') }))).toContain('at ');
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
