import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { pipelineMarkdown } from '../../src/job/pipeline/describe-pipeline.js';
import type { TaskInput } from '../../src/job/pipeline/input.js';
import type { PipelineResult } from '../../src/job/pipeline/result.js';
import { pipelineQuery } from '../../src/job/pipeline/view.js';
import { causeOf, LONG, pipeline, PipelineLab, task } from '../support/pipeline-lab.js';

let lab: PipelineLab;

beforeAll(async () => {
  lab = await PipelineLab.open();
});
afterAll(() => lab.close());

describe.concurrent('what others can see', () => {
  it('answers the query with phases and tasks while it runs', async () => {
    const handle = await lab.start(pipeline([task('a'), task('b', LONG)], [task('c')]));
    const view = await vi.waitFor(
      async () => {
        const seen = await handle.query(pipelineQuery);
        expect(seen.phases[0]?.counts).toEqual({ success: 1, running: 1 });
        return seen;
      },
      { timeout: 60_000, interval: 200 },
    );
    expect(view).toMatchObject({
      status: 'running',
      phases: [
        {
          status: 'running',
          tasks: [
            { id: 'a', jobId: expect.stringMatching(/^\d+$/) as string },
            { id: 'b', workflowId: `${handle.workflowId}/b` },
          ],
        },
        { status: 'not-started', tasks: [{ status: 'waiting' }] },
      ],
    });
    await handle.cancel();
    await causeOf(handle);
  });
});

describe.concurrent('what is switched off', () => {
  it('is skipped, and seen as that in the query, in the details and in the result', async () => {
    const off = { id: 'off', enabled: false, job: { component: 'keboola.ex-http', config: '' } };
    const input = pipeline([task('a'), off], [task('b')], [task('c')]);
    const [first, second, third] = input.phases;
    const phases = [first, { ...second, enabled: false }, third];
    const handle = await lab.start({ ...input, phases });
    const result = (await handle.result()) as PipelineResult;
    expect(result).toMatchObject({
      status: 'success',
      phases: [
        {
          status: 'success',
          tasks: [
            { id: 'a', status: 'success' },
            { id: 'off', status: 'skipped' },
          ],
        },
        { status: 'skipped', tasks: [{ id: 'b', status: 'skipped' }] },
        { status: 'success', tasks: [{ id: 'c', status: 'success' }] },
      ],
    });
    const view = await handle.query(pipelineQuery);
    expect(view.phases.map(({ status, counts }) => [status, counts])).toEqual([
      ['success', { success: 1, skipped: 1 }],
      ['skipped', { skipped: 1 }],
      ['success', { success: 1 }],
    ]);
    expect(pipelineMarkdown(view)).toContain('| off | keboola.ex-http / | skipped |');
    await expect(lab.child(handle, 'off').describe()).rejects.toThrow('not found');
  });

  it('may be all of a pipeline, in whatever state it was left', async () => {
    const odd = [{ job: null }, { pipeline: { phases: 7 } }, { action: 'x' }, {}, { storage: { path: [] } }];
    const phases = [{ name: 'p', enabled: false, tasks: odd }];
    const result = await lab.resultOf({ name: 'off', phases });
    expect(result).toMatchObject({ status: 'success', phases: [{ status: 'skipped' }] });
    expect(result.phases[0]?.tasks.map(({ status }) => status)).toEqual(odd.map(() => 'skipped'));
  });
});

describe.concurrent('an input that is wrong', () => {
  it('is refused before anything starts, with all problems and their places', async () => {
    const job = { component: 'keboola.ex-htpp', config: '1' };
    const input = {
      ...pipeline([
        task('a'),
        { job },
        { job: { connection: 'nowhere', component: 'ex-db', config: '1' } },
        { job: { component: 'ex-db', config: 'sampeldatabase' } },
      ]),
    };
    const cause = await causeOf(await lab.start(input));
    expect(cause).toMatchObject({ type: 'InvalidInput' });
    expect(cause.message).toContain('phases.0.tasks.1.job.component: component "keboola.ex-htpp" does not exist.');
    expect(cause.message).toContain('phases.0.tasks.2.job.connection: Connection "nowhere" is not known');
    expect(cause.message).toContain('phases.0.tasks.3.job.config: component "ex-db" has no configuration');
    expect(cause.message).toContain('Did you mean "sampledatabase"?');
  });

  it.each([
    ['nothing', undefined],
    ['no object', 'x'],
    ['phases of another kind', { name: 'x', phases: { a: 1 } }],
  ])('is refused when it is %s', async (_, input) => {
    expect(await causeOf(await lab.start(input))).toMatchObject({ type: 'InvalidInput', nonRetryable: true });
  });

  it('is refused when a workflow id would be longer than Temporal takes', async () => {
    const nested = (levels: number): TaskInput =>
      levels === 0 ? task('a') : { id: 'x'.repeat(64), pipeline: pipeline([nested(levels - 1)]) };
    const handle = await lab.server.client.workflow.start('runPipeline', {
      workflowId: lab.server.unique('w'.repeat(500)),
      taskQueue: lab.lab.taskQueue,
      args: [pipeline([nested(9)])],
    });
    expect((await causeOf(handle)).message).toContain('its workflow id would be');
  });
});
