import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPipeline } from '../../../src/activities/pipeline/check-pipeline.js';
import type { NoAnswer } from '../../../src/job/failure/no-answer.js';
import type { PipelineInput } from '../../../src/job/pipeline/input.js';
import type { PipelineCheck } from '../../../src/job/pipeline/plan.js';
import { Connections } from '../../../src/keboola/connections.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';

/** What each project allows, by the name of its connection. */
const LIMITS = { three: 3, four: 4, off: 'off', disrespected: 3 } as const;

let sandboxes: Sandbox[];
let connections: Connections;

beforeAll(async () => {
  sandboxes = await Promise.all(Object.values(LIMITS).map((parallelLimit) => startSandbox({ parallelLimit })));
  const names = Object.keys(LIMITS);
  connections = new Connections(
    sandboxes.map(({ url, token }, at) => {
      const name = names[at] ?? '';
      return { name, url, token: () => token, respectProjectLimit: name !== 'disrespected' };
    }),
  );
});
afterAll(async () => {
  await connections.close();
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
});

async function checked(input: PipelineInput): Promise<PipelineCheck | NoAnswer> {
  const deps = { connections, searchAttributesRegistered: () => Promise.resolve(true) };
  return await new MockActivityEnvironment().run<[], PipelineCheck | NoAnswer, () => ReturnType<typeof checkPipeline>>(
    () => checkPipeline(deps, input),
  );
}

/** A pipeline with a job in each of these projects. */
function pipelineIn(...names: string[]): PipelineInput {
  const tasks = names.map((connection) => ({ job: { connection, component: 'ex-db', config: 'sampledatabase' } }));
  return { name: 'nightly', phases: [{ name: 'all', tasks }] };
}

describe('how many tasks of a phase run at a time', () => {
  it.each([
    ['as many as the project allows', pipelineIn('three'), 3],
    ['the least that one of its projects allows', pipelineIn('four', 'three'), 3],
    ['what nested pipelines allow, too', withNested(pipelineIn('four'), pipelineIn('three')), 3],
    ['ten where no project has a limit', pipelineIn('off'), 10],
    ['ten where its limit is not to be respected', pipelineIn('disrespected'), 10],
    ['what its author says, be it more than the project allows', { ...pipelineIn('three'), maxParallel: 7 }, 7],
  ])('is %s', async (_, input, maxParallel) => {
    expect(await checked(input)).toEqual({ maxParallel });
  });
});

function withNested(outer: PipelineInput, inner: PipelineInput): PipelineInput {
  return { ...outer, phases: [...outer.phases, { name: 'nested', tasks: [{ pipeline: inner }] }] };
}

it('a way to tell creations apart that the project of a job does not have is refused before anything starts', async () => {
  const input = pipelineIn('three', 'four');
  const [first, second] = input.phases[0]?.tasks ?? [];
  const tasks = [first, second].flatMap((task) =>
    task?.job ? [{ job: { ...task.job, createFence: 'none' as const } }] : [],
  );
  const refused = checked({ ...input, phases: [{ name: 'all', tasks }] });
  await expect(refused).rejects.toMatchObject({ type: 'InvalidInput' });
  await expect(refused).rejects.toThrow(
    /tasks\.0\.job\.createFence: "none" does not exist on Syrup.*tasks\.1\.job\.createFence: /s,
  );
});
