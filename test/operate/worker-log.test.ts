import { expect, it, vi } from 'vitest';
import { WorkerLog } from '../../src/operate/worker-log.js';

function written(log: (logger: WorkerLog) => void): string {
  const lines: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    log(new WorkerLog('WARN'));
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
