import { dockerLockSuffix } from '../world/docker-job.js';
import { createJob } from '../world/create-job.js';
import type { Component } from '../fixture/schema.js';
import { resolveScript } from '../fixture/resolve-script.js';
import { scalarText } from '../json.js';
import type { JsonObject } from '../json.js';
import { SandboxInputError } from '../sandbox-input-error.js';
import type { Job } from '../world/job-record.js';
import type { Answer } from './answer.js';
import { syrupHolder } from './call.js';
import type { Call, Holder } from './call.js';
import { SyrupProblem } from './problem.js';
import { encryptSecrets, readRunBody } from './run-body.js';

/** keboola/docker-bundle Resources/Elasticsearch/mapping.json */
const DOCKER_PARAMS = [
  ...['component', 'config', 'row', 'configData', 'mode', 'tag', 'format'],
  ...['variableValuesId', 'variableValuesData', 'branchId'],
];

/** `POST /{app}/run` of a native Syrup app: answers the whole document, with an integer id. */
export function runNative(call: Call): Answer {
  const component = call.simulation.fixture.component(call.params['app'] ?? '');
  if (component?.kind !== 'native') throw new SyrupProblem(404, 'Route not found');
  const holder = syrupHolder(call);
  const params = readRunBody(call.body);
  requireAllowedKeys(params, component.params);
  requireMayRun(holder);
  const job = create(call, holder, component, params, scalarText(params['config']));
  return { status: 202, json: call.simulation.documents.created(job.facts, jobUrl(call, job)) };
}

/** `POST /docker/…/run` and its relatives; `fixed` are the parameters that the path decides. */
export function runDocker(call: Call, mode: 'run' | 'debug'): Answer {
  const holder = syrupHolder(call);
  const body = readRunBody(call.body);
  const { component: id = '', tag, branch } = call.params;
  const component = call.simulation.fixture.component(id);
  if (component === undefined) throw new SyrupProblem(400, `Component '${id}' not found.`);
  requireWhatToRun(body);
  requireAllowedKeys(body, DOCKER_PARAMS);
  requireMayRun(holder);
  if (isGiven(body['config']) && scalarText(body['config']) === undefined) {
    throw new SyrupProblem(400, "Body parameter 'config' is not a number.");
  }
  const params = {
    ...body,
    component: id,
    mode,
    ...(tag === undefined ? {} : { tag }),
    ...(branch === undefined ? {} : { branchId: branch }),
  };
  const job = create(call, holder, component, params, dockerLockSuffix(id, params, call.simulation.world.nowMs));
  return { status: 202, json: { id: String(job.facts.id), url: jobUrl(call, job), status: job.facts.status } };
}

/** `POST /docker/run`: a run without a component was once possible. */
export function runNothing(call: Call): Answer {
  syrupHolder(call);
  const hint = 'perhaps you wanted to call /{component}/run';
  throw new SyrupProblem(400, `This api call without component name is not supported, ${hint}`);
}

function create(call: Call, holder: Holder, component: Component, params: JsonObject, lockSuffix?: string): Job {
  const { world, fixture, counters } = call.simulation;
  const runIdPrefix = call.header('x-kbc-runid');
  const script = scripted(() => resolveScript(fixture, holder.project, component, params));
  const { configData } = params;
  const job = createJob(world, {
    ...holder,
    app: component.kind === 'docker' ? 'docker' : component.id,
    params: configData === undefined ? params : { ...params, configData: encryptSecrets(configData) },
    lockSuffix,
    runIdPrefix: runIdPrefix === '' ? undefined : runIdPrefix,
    script,
  });
  counters.jobCreated();
  return job;
}

/** A bad script is a mistake of whoever tests, so it is told at once, although Keboola would know nothing of it. */
function scripted<T>(resolve: () => T): T {
  try {
    return resolve();
  } catch (error) {
    if (error instanceof SandboxInputError) throw new SyrupProblem(400, error.message);
    throw error;
  }
}

function requireWhatToRun(body: JsonObject): void {
  if (isGiven(body['row']) && !isGiven(body['config'])) {
    throw new SyrupProblem(400, "Specify both 'row' and 'config'.");
  }
  if (!isGiven(body['config']) && !isGiven(body['configData'])) {
    throw new SyrupProblem(400, "Specify 'config' or 'configData'.");
  }
}

function requireAllowedKeys(body: JsonObject, allowed: readonly string[]): void {
  const unknown = Object.keys(body).find((key) => !allowed.includes(key));
  if (unknown === undefined) return;
  throw new SyrupProblem(400, `Parameter '${unknown}' is not allowed. Allowed params are '${allowed.join(',')}'`);
}

function requireMayRun({ project, token }: Holder): void {
  if (token.role === 'readOnly') {
    throw new SyrupProblem(400, 'As a readOnly user you cannot run a job.');
  }
  if (project.features.includes('queuev2')) {
    throw new SyrupProblem(400, 'This project uses the new job queue. Use the Job Queue API to run jobs.');
  }
}

function jobUrl({ origin }: Call, { facts }: Job): string {
  return `${origin}/queue/job/${facts.id}`;
}

/** PHP's isset(): null is as good as absent. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
