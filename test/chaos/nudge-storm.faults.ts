import type { WorkflowFailedError } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import { expect, it } from 'vitest';
import { waitForCreatedUpdate } from '../../src/job/messages.js';
import { connectToDevServer } from '../support/dev-server.js';
import { openJobLab, scripted, settled } from '../support/job-lab.js';
import { sendSignals } from '../support/send-signals.js';

const NUDGES = 10_000;

// Takes most of a minute: each nudge is an event of the history.
it('survives a storm of 10,000 nudges with a read per second at most', async () => {
  const server = await connectToDevServer();
  const lab = await openJobLab(server);
  try {
    const handle = await lab.start(scripted({ durationSeconds: 3_000 }), server.unique('storm'));
    const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
    const startedMs = Date.now();
    await sendSignals(handle, 'nudge', NUDGES, { status: 'success' });
    await handle.cancel();
    const { error } = await settled(handle);
    expect((error as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    const seconds = (Date.now() - startedMs) / 1_000;
    expect(lab.sandbox.counters.readsByJob[jobId]).toBeLessThanOrEqual(seconds + 5);
    const [job] = await lab.sandbox.jobs();
    expect(['cancelled', 'terminated']).toContain(job?.status);
  } finally {
    await lab.close();
    await server.close();
  }
}, 240_000);
