import { describe, expect, it } from 'vitest';
import { waitForCreatedUpdate } from '../../../src/job/messages.js';
import { DIALECTS } from '../../support/dialects.js';
import { eventually } from '../../support/eventually.js';
import { scripted, settled } from '../../support/job-lab.js';
import { useJobLab } from '../../support/use-job-lab.js';

const LONG = { durationSeconds: 3_000 };
const LAG_SECONDS = 12;

describe.concurrent.each(DIALECTS)('a stop on $name beside an index that lags', ({ token }) => {
  const lab = useJobLab({ token });

  it('leaves no child running that the index does not show yet', async () => {
    await lab.sandbox.settings({ killPropagation: false, workers: 100, searchLagSeconds: LAG_SECONDS });
    // The list shows the job by then, as one that runs, and nothing below it.
    const late = { component: 'keboola.ex-http', ...LONG, afterSeconds: LAG_SECONDS + 2 };
    const handle = await lab.start(scripted({ ...LONG, children: [late] }));
    await handle.executeUpdate(waitForCreatedUpdate);
    await eventually(async () => {
      const statuses = (await lab.sandbox.jobs()).map(({ status }) => status);
      expect(statuses).toEqual(['processing', 'processing']);
    });
    await handle.cancel();
    await settled(handle);
    expect((await lab.sandbox.jobs()).filter(({ isFinished }) => !isFinished)).toEqual([]);
  });
});
