import type { Component, Configuration } from '../../fixture/schema.js';
import type { JsonObject } from '../../json.js';
import { draftJob, writeJob } from '../create-job.js';
import type { Job } from '../job-record.js';
import type { World } from '../world.js';
import { chooseConductor } from './conduct/choose-conductor.js';
import { JobRefused } from './job-refused.js';
import type { NewQueueJob, QueueRequest, Submit } from './new-queue-job.js';
import type { JobType, QueueFacts } from './queue-facts.js';
import { queueScript } from './queue-script.js';
import { resolveRuntime } from './resolve-runtime.js';

/** The branch id of every job of the main branch; events carry the same one. */
export const MAIN_BRANCH_ID = '1';

/** Creates and writes a job that another job asks for. */
export const submitQueueJob: Submit = (world, asked) => {
  if (world.isFull()) return undefined;
  try {
    const job = draftQueueJob(world, asked);
    writeJob(world, job);
    return job;
  } catch (error) {
    if (error instanceof JobRefused) return undefined;
    throw error;
  }
};

/**
 * Creates a job without writing it: completes the request with what the stored configuration, the component and the
 * project say.
 *
 * @throws JobRefused, SandboxInputError
 */
export function draftQueueJob(world: World, asked: NewQueueJob): Job {
  const { project, token, request, runIdPrefix } = asked;
  const component = runnable(world, request.component);
  const stored = storedConfiguration(world, asked);
  const runtime = resolveRuntime(project, component, stored, request);
  const conducted =
    asked.placing?.type === undefined
      ? chooseConductor(world, { stored, request, parallelism: runtime.parallelism, submit: submitQueueJob })
      : undefined;
  const queue: QueueFacts = { ...placed(asked, conducted?.type), ...runtime };
  return draftJob(world, {
    project,
    token,
    component,
    runIdPrefix,
    parent: asked.parent,
    queue,
    params: paramsOf(request, queue),
    script: asked.script ?? queueScript(world, project, component, stored, request),
    conductor: asked.conductor ?? conducted?.conductor,
    mayBegin: asked.mayBegin,
    hasOwnLock: asked.hasOwnLock === true,
  });
}

function runnable({ fixture }: World, id: string): Component {
  const component = fixture.component(id);
  if (component === undefined) throw new JobRefused(`Cannot resolve job parameters: Component "${id}" not found`, true);
  if (component.kind === 'docker') return component;
  throw new JobRefused(`The component "${id}" is not runnable.`);
}

function storedConfiguration(world: World, { project, request }: NewQueueJob): Configuration | undefined {
  const { component, config, configData, mode } = request;
  if (config === undefined) return undefined;
  const stored = world.fixture.configuration(project, component, config);
  // An inline configuration overrides the stored one, whose id may still be needed for the default bucket.
  if (stored === undefined && configData !== undefined) return undefined;
  if (stored === undefined) {
    throw new JobRefused(`Cannot resolve job parameters: Configuration "${config}" not found`, true);
  }
  if (stored.isDisabled && mode !== 'forceRun') {
    throw new JobRefused(`Configuration "${config}" of component "${component}" is disabled.`);
  }
  return stored;
}

type Placed = Omit<QueueFacts, 'tag' | 'backend' | 'executor' | 'parallelism'>;

function placed({ request, placing = {} }: NewQueueJob, type: JobType = 'standard'): Placed {
  const { branchId = MAIN_BRANCH_ID, configRowIds = [], delayedStartMs = null, onlyTaskIds = null } = request;
  return {
    type: placing.type ?? type,
    desiredStatus: 'processing',
    branchId,
    configRowIds,
    delayedStartMs,
    onlyTaskIds,
    onError: placing.onError ?? null,
    orchestrationJobId: placing.orchestrationJobId ?? null,
    orchestrationTaskId: placing.orchestrationTaskId ?? null,
    orchestrationPhaseId: placing.orchestrationPhaseId ?? null,
    previousJobId: placing.previousJobId ?? null,
  };
}

/** The request in Syrup's terms: both dialects answer the same job. */
function paramsOf(request: QueueRequest, { tag, branchId }: QueueFacts): JsonObject {
  const { component, config, configData, mode = 'run', variableValuesId, variableValuesData } = request;
  return {
    ...(config === undefined ? {} : { config }),
    ...(configData === undefined ? {} : { configData }),
    ...(variableValuesId === undefined ? {} : { variableValuesId }),
    ...(variableValuesData === undefined ? {} : { variableValuesData }),
    component,
    mode,
    tag,
    branchId,
  };
}
