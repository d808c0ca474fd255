import type { Component } from '../../fixture/schema.js';
import { inlineScript } from '../../fixture/resolve-script.js';
import type { Script } from '../../fixture/script-schema.js';
import type { Answer } from '../../answer/answer.js';
import { syrupHolder } from '../call.js';
import type { Call } from '../call.js';
import { GENERIC_MESSAGE, SyrupProblem } from '../../answer/problem.js';
import { readRunBody } from './run-body.js';
import { scripted } from './scripted.js';

/** How long a component may take; the download of its image is not counted (keboola/docker-bundle ActionController.php). */
const SECONDS_MAX = 45;

/**
 * `POST /docker/[branch/{branch}/]{component}/action/{action}`: runs the component at once and answers what it printed.
 * No job is made, although a run id is.
 */
export function runAction(call: Call): Answer {
  const holder = syrupHolder(call);
  const { component: id = '', action = '' } = call.params;
  const { fixture, world } = call.simulation;
  const component = fixture.component(id);
  if (component === undefined) throw new SyrupProblem(404, `Component '${id}' not found`);
  if (!actionsOf(component).includes(action)) throw new SyrupProblem(404, `Action '${action}' not found`);
  if (action === 'run') throw new SyrupProblem(405, `Action '${action}' not allowed`);
  const { configData } = readRunBody(call.body);
  if (configData === undefined || configData === null) {
    throw new SyrupProblem(400, "Attribute 'configData' missing in request body");
  }
  if (holder.token.role === 'readOnly') throw new SyrupProblem(400, 'As a readOnly user you cannot run a job.');
  if (call.header('x-kbc-runid') === undefined) world.tickets.take();
  const script = scripted(() => inlineScript(fixture, configData)) ?? component.actions[action] ?? {};
  const { durationSeconds = 0 } = script;
  if (durationSeconds <= SECONDS_MAX) return { ...ending(script), afterSeconds: durationSeconds };
  const message = `Running sandbox/${id}:latest container exceeded the timeout of ${SECONDS_MAX} seconds.`;
  return { ...problem(400, message), afterSeconds: SECONDS_MAX };
}

/** `data` is what Keboola's developer portal knows of a component; it may hold anything. */
function actionsOf({ data }: Component): unknown[] {
  const listed = data['synchronous_actions'];
  return Array.isArray(listed) ? listed : [];
}

/** A component that ends with 1 has something to say to its user, one that ends with more has nothing. */
function ending({ status = 'success', error = 'user', message, output, outputText }: Script): Answer {
  if (status !== 'success') {
    return error === 'application' ? problem(500, GENERIC_MESSAGE) : problem(400, message ?? 'The action failed.');
  }
  if (outputText === undefined) return { status: 200, json: output ?? {} };
  if (outputText.trim() === '') return problem(400, 'No response from component.');
  return isJson(outputText)
    ? { status: 200, text: { type: 'application/json', body: outputText } }
    : problem(400, 'Decoding JSON response from component failed');
}

function problem(status: number, message: string): Answer {
  return { status, problem: new SyrupProblem(status, message) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
