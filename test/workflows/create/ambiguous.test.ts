import { expect, test } from 'vitest';
import { ambiguous } from '../../../src/workflows/create/ambiguous.js';

const LOST = { runId: '921996', trace: 'a job whose run id starts with "921996."' };

test.each(['the connection broke', 'the connection broke.'])(
  'a reason is one sentence, however it ends (%s)',
  (reason) => {
    const { message } = ambiguous(LOST, reason);
    expect(message).toContain('shown one: the connection broke. Look in Keboola for');
  },
);
