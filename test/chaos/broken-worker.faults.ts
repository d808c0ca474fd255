import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openCliLab } from '../support/cli-lab.js';

const BROKEN = fileURLToPath(new URL('support/break-native-half.cjs', import.meta.url));
/** The promise is two minutes; what a busy machine adds to it is its own. */
const LEAVES_MS_MAX = 150_000;

it.concurrent.each([
  ['by itself', undefined],
  ['also when it is told to stop', 'SIGTERM' as const],
])(
  'a worker whose native half has broken leaves within two minutes with a code other than 0, %s',
  async (_, signal) => {
    const lab = await openCliLab();
    try {
      const worker = await lab.startWorker({ NODE_OPTIONS: `--require=${BROKEN}` });
      await lab.temporal.workflow.start('runJob', {
        taskQueue: lab.taskQueue,
        workflowId: lab.unique('any'),
        args: [{}],
      });
      await worker.says('Initiating Worker shutdown');
      if (signal) worker.signal(signal);
      const { code, signal: endedBy } = await worker.end(LEAVES_MS_MAX);
      expect({ failed: code !== 0 && code !== null, endedBy }).toEqual({ failed: true, endedBy: null });
    } finally {
      await lab.close();
    }
  },
  2 * LEAVES_MS_MAX,
);
