import type { Component } from '../../fixture/schema.js';
import { resolveScript } from '../../fixture/resolve-script.js';
import type { Fixture } from '../../fixture/fixture.js';
import type { JsonObject } from '../../json.js';
import type { Answer } from '../../answer/answer.js';
import { syrupHolder } from '../call.js';
import type { Call } from '../call.js';
import { jobUrl } from './job-url.js';
import type { Route } from '../route.js';
import { encryptSecrets } from '../encrypt-secrets.js';
import { readRunBody } from './run-body.js';
import { requireAllowedKeys, requireMayRun } from './run-checks.js';
import { scripted } from '../scripted.js';
import { writeDraft } from '../write-draft.js';
import { draftJob } from '../../world/create-job.js';

type AsyncPath = Component['asyncPaths'][number];

/** The asynchronous calls of a fixture's apps besides `run`: the verbs of each path, for it and all paths below it. */
export function customRoutes({ components }: Fixture): Route[] {
  return components.flatMap((component) =>
    component.asyncPaths.flatMap((path) =>
      path.verbs.flatMap((method): Route[] => {
        const [url, name] = [`/${component.id}/${path.path}`, 'custom'] as const;
        const handler = (call: Call): Answer => runCustom(call, component, path);
        return [
          { method, url, name, handler },
          { method, url: `${url}/*`, name, handler },
        ];
      }),
    ),
  );
}

/** Creates an ordinary job, whose command and parameters come from the path and the body. */
function runCustom(call: Call, component: Component, { params: names, path }: AsyncPath): Answer {
  const holder = syrupHolder(call);
  const body = readRunBody(call.body);
  if (component.params.length > 0) requireAllowedKeys(body, component.params);
  requireMayRun(holder);
  const segments = segmentsBelow(call);
  const named = names.flatMap((name, at) => (segments[at] === undefined ? [] : [[name, segments[at]] as const]));
  const params: JsonObject = { ...body, ...Object.fromEntries(named) };
  const { configData } = params;
  const runIdPrefix = call.header('x-kbc-runid');
  const draft = draftJob(call.simulation.world, {
    ...holder,
    component,
    params: configData === undefined ? params : { ...params, configData: encryptSecrets(configData) },
    command: segments[names.length] ?? path,
    runIdPrefix: runIdPrefix === '' ? undefined : runIdPrefix,
    script: scripted(() => resolveScript(call.simulation.fixture, holder.project, component, withoutConfig(params))),
  });
  const job = writeDraft(call, draft);
  const json = call.simulation.documents.created(job.facts, jobUrl(call, job));
  return { status: 202, json, jobId: job.facts.id };
}

function segmentsBelow({ params }: Call): string[] {
  return (params['*'] ?? '').split('/').filter((segment) => segment !== '');
}

/** Unlike in `run`, a parameter named `config` names no stored configuration here. */
function withoutConfig({ config: _config, ...params }: JsonObject): JsonObject {
  return params;
}
