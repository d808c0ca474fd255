import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JobResult } from '../../../src/job/result.js';
import type { FaultInput } from '../../../src/sandbox/index.js';
import { startBusy } from '../../support/busy-project.js';
import { firstTicket } from '../../support/first-ticket.js';
import { openJobLab, settled, type JobLab } from '../../support/job-lab.js';
import { startTimeSkippingServer, type TimeSkippingServer } from '../../support/time-skipping.js';

const HOUR_MS = 3_600_000;
const FLOW = { component: 'keboola.orchestrator', config: 'nightly', children: 'ignore' };
const BY_VARIABLE = { ...FLOW, createFence: 'variable' };
const MADE: FaultInput = { route: 'create', reset: 'after', bodyContains: FLOW.config };
const NOT_MADE: FaultInput = { route: 'create', status: 500, bodyContains: FLOW.config };

describe.each([
  ['three hours behind', -3 * HOUR_MS],
  ['three hours ahead', 3 * HOUR_MS],
])('a creation that is not answered while the clock of Keboola is %s', (_, offsetMs) => {
  let server: TimeSkippingServer;
  let lab: JobLab;

  beforeAll(async () => {
    server = await startTimeSkippingServer();
    const clock = { now: async () => (await server.now()) + offsetMs };
    lab = await openJobLab(server, { token: '5555-1-queue', clock });
  });
  beforeEach(async () => {
    lab.sandbox.reset();
    // A job that has the id of one before is claimed already.
    await lab.sandbox.settings({ firstTicket: firstTicket() });
  });
  afterAll(async () => {
    await lab.close();
    await server.stop();
  });

  async function run(input: object, fault?: FaultInput): Promise<{ result: JobResult | undefined; flows: number }> {
    if (fault) lab.sandbox.faults.add(fault);
    // A clock that leaps may leave the half hour of the search behind before somebody else begins.
    const handle = await server.withoutLeaps(async () => {
      const ours = await lab.start(input);
      // Somebody else starts jobs, so that the index is seen to come further.
      if (fault) await startBusy(lab.sandbox.url);
      return ours;
    });
    const { result } = await settled(handle);
    const jobs = await lab.sandbox.jobs();
    return { result, flows: jobs.filter(({ runId, params }) => isFlow(runId, params)).length };
  }

  it.each([
    ['and carries nothing of ours', FLOW, 1],
    ['and carries a variable', BY_VARIABLE, 2],
  ])('%s has made one job, which is found and adopted', async (_what, input, flows) => {
    // A variable is known to be kept once one was.
    if (input === BY_VARIABLE) await run(BY_VARIABLE);
    expect(await run(input, MADE)).toMatchObject({ result: { status: 'warning', adopted: true }, flows });
  });

  it('and has made nothing is sent again, and that job is ours', async () => {
    expect(await run(FLOW, NOT_MADE)).toMatchObject({ result: { status: 'warning', adopted: false }, flows: 1 });
  });
});

/** The job of a flow itself, not one of its phases or tasks. */
function isFlow(runId: string, params: Record<string, unknown>): boolean {
  return !runId.includes('.') && params['component'] === FLOW.component;
}
