import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/settings.js';
import { keptText } from '../../../src/cli/text/stack-text.js';

describe('a demo that stays up', () => {
  const uiUrl = 'http://127.0.0.1:21002';

  it('names its addresses, and commands that reach it from another terminal', () => {
    const lines = keptText({ temporalAddress: '127.0.0.1:21001', uiUrl, settings: readSettings({}) });
    const command = '  TEMPORAL_ADDRESS=127.0.0.1:21001 npx --no-install keboola-temporal';
    expect(lines.split('\n')).toEqual([
      '',
      'Temporal   127.0.0.1:21001, task queue keboola',
      `Web UI     ${uiUrl}`,
      '',
      'In another terminal:',
      `${command} list`,
      `${command} run keboola.ex-http success`,
      '',
      'Ctrl-C stops everything.',
    ]);
  });

  it('names a task queue of its own, too', () => {
    const settings = readSettings({ KEBOOLA_TASK_QUEUE: 'my queue' });
    const lines = keptText({ temporalAddress: '127.0.0.1:7233', uiUrl, settings });
    expect(lines).toContain(`  KEBOOLA_TASK_QUEUE='my queue' npx --no-install keboola-temporal list`);
  });
});
