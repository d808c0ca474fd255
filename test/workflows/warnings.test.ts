import { Runtime } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { JobResult } from '../../src/job/result.js';
import { resultText } from '../../src/cli/text/job-text.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { builtInWith } from '../support/flows.js';
import { COMPONENT, FOREIGN_DIALECTS } from '../support/foreign-jobs.js';
import { openJobLab, type JobLab } from '../support/job-lab.js';

const OVERLOOKED = expect.stringContaining('neither variableValuesId nor variableValuesData') as string;

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

const FORGOTTEN = { component: COMPONENT, configuration: { variables_id: '12' } };
const fixture = builtInWith([{ ...FORGOTTEN, id: 'forgotten' }]);

describe.each(FOREIGN_DIALECTS)('variables without values, on $name', (dialect) => {
  let lab: JobLab;

  beforeAll(async () => {
    lab = await openJobLab(server, { token: dialect.token, speed: 20, fixture });
  });
  afterAll(() => lab.close());

  const input = { component: COMPONENT, configData: { variables_id: '12' } };

  it.each([
    ['an inline configuration', input],
    ['a stored one', { component: COMPONENT, config: 'forgotten' }],
  ])('are a warning in the result, in the current details and in the log, and the job runs: %s', async (_, wanted) => {
    const logged = vi.spyOn(Runtime.instance().logger, 'log');
    onTestFinished(() => logged.mockRestore());
    const handle = await lab.start(wanted);
    const result = (await handle.result()) as JobResult;
    expect(result).toMatchObject({ status: 'success', warnings: [OVERLOOKED] });
    expect(resultText(result)).toContain('Warning: the configuration has variables');
    const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(currentDetails).toContain('Warning: the configuration has variables');
    const warned = logged.mock.calls.filter(([level]) => level === 'WARN').map(([, words]) => words);
    expect(warned).toContainEqual(OVERLOOKED);
  });

  it('are none once values are given', async () => {
    const values = { variableValuesData: { values: [{ name: 'day', value: 'Monday' }] } };
    const result = (await (await lab.start({ ...input, ...values })).result()) as JobResult;
    expect(result).not.toHaveProperty('warnings');
  });
});
