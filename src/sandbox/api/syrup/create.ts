import type { Component } from '../../fixture/schema.js';
import { resolveScript } from '../../fixture/resolve-script.js';
import type { JsonObject } from '../../json.js';
import type { Job } from '../../world/job-record.js';
import type { Answer } from '../../answer/answer.js';
import { syrupHolder } from '../call.js';
import type { Call, Holder } from '../call.js';
import { jobUrl } from './job-url.js';
import { SyrupProblem } from '../../answer/problem.js';
import { encryptSecrets } from '../encrypt-secrets.js';
import { readRunBody } from './run-body.js';
import { requireAllowedKeys, requireMayRun, requireScalarConfig, requireWhatToRun } from './run-checks.js';
import { scripted } from '../scripted.js';
import { writeDraft } from '../write-draft.js';
import { draftJob } from '../../world/create-job.js';

/** keboola/docker-bundle Resources/Elasticsearch/mapping.json */
const DOCKER_PARAMS = [
  'component',
  'config',
  'row',
  'configData',
  'mode',
  'tag',
  'format',
  'variableValuesId',
  'variableValuesData',
  'branchId',
];

/** `POST /{app}/run` of a native Syrup app: answers the whole document, with an integer id. */
export function runNative(call: Call): Answer {
  const component = call.simulation.fixture.component(call.params['app'] ?? '');
  if (component?.kind !== 'native') throw new SyrupProblem(404, 'Route not found');
  const holder = syrupHolder(call);
  if (!component.hasRun) throw new SyrupProblem(405, `The app ${component.id} has no run`);
  const params = readRunBody(call.body);
  requireAllowedKeys(params, component.params);
  requireMayRun(holder);
  const job = create(call, holder, component, params);
  const json = call.simulation.documents.created(job.facts, jobUrl(call, job));
  return { status: 202, json, jobId: job.facts.id };
}

/** `POST /docker/…/run` and its variants; tag, branch and mode in the path win over those in the body. */
export function runDocker(call: Call, mode: 'run' | 'debug'): Answer {
  const holder = syrupHolder(call);
  const body = readRunBody(call.body);
  const { component: id = '', tag, branch } = call.params;
  const component = call.simulation.fixture.component(id);
  if (component === undefined) throw new SyrupProblem(400, `Component '${id}' not found.`);
  requireWhatToRun(body);
  requireAllowedKeys(body, DOCKER_PARAMS);
  requireMayRun(holder);
  requireScalarConfig(body);
  const params = {
    ...body,
    component: id,
    mode,
    ...(tag === undefined ? {} : { tag }),
    ...(branch === undefined ? {} : { branchId: branch }),
  };
  const job = create(call, holder, component, params);
  const json = {
    id: call.simulation.documents.id(job.facts.id, 'text'),
    url: jobUrl(call, job),
    status: job.facts.status,
  };
  return { status: 202, json, jobId: job.facts.id };
}

/** `POST /docker/run`: a run without a component, which Syrup no longer supports. */
export function runNothing(call: Call): Answer {
  syrupHolder(call);
  const hint = 'perhaps you wanted to call /{component}/run';
  throw new SyrupProblem(400, `This api call without component name is not supported, ${hint}`);
}

function create(call: Call, holder: Holder, component: Component, params: JsonObject): Job {
  if (call.mishap?.ticketsFail === true) throw ticketsFailed(component);
  const runIdPrefix = call.header('x-kbc-runid');
  const { configData } = params;
  const draft = draftJob(call.simulation.world, {
    ...holder,
    component,
    params: configData === undefined ? params : { ...params, configData: encryptSecrets(configData) },
    runIdPrefix: runIdPrefix === '' ? undefined : runIdPrefix,
    script: scripted(() => resolveScript(call.simulation.fixture, holder.project, component, params)),
  });
  return writeDraft(call, draft);
}

/** At this point the docker app reports every failure of Storage as a user error; native apps do not. */
function ticketsFailed({ kind }: Component): SyrupProblem {
  return new SyrupProblem(kind === 'docker' ? 400 : 500, 'Storage API: Application error. Please try again later.');
}
