import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { QueueProblem } from '../../answer/queue-problem.js';
import { inlineScript } from '../../fixture/resolve-script.js';
import type { Component } from '../../fixture/schema.js';
import { isJsonObject, scalarText } from '../../json.js';
import { actionsOf, answerOfAction } from '../action-answer.js';
import { queueHolder } from '../call.js';
import type { Call } from '../call.js';
import { scripted } from '../scripted.js';
import { invalid, readJson } from './create-body.js';
import { requireMayRunJob } from './run-permission.js';

/** `GET /actions?componentId=`: which actions a component has. */
export function listActions(call: Call): Answer {
  queueHolder(call);
  return ok(actionsOf(knownComponent(call, call.query.get('componentId') ?? '')));
}

/** `POST /actions`: runs a component synchronously and answers what it printed, with 201. No job is created. */
export function runAction(call: Call): Answer {
  const holder = queueHolder(call);
  const body = readJson(call.body);
  const [componentId, action] = ['componentId', 'action'].map((name) => scalarText(body[name]) ?? '');
  const { configData } = body;
  const missing = Object.entries({ componentId, action, configData }).flatMap(([path, value]) =>
    value === '' || (path === 'configData' && !isObjectOfPhp(value)) ? [{ path, message: 'is required' }] : [],
  );
  if (missing.length > 0) throw invalid(missing);
  const component = knownComponent(call, componentId ?? '');
  if (action === undefined || !actionsOf(component).includes(action)) {
    throw new QueueProblem(404, `Action "${action ?? ''}" of component "${component.id}" not found`);
  }
  const branchId = scalarText(body['branchId']);
  requireMayRunJob(call, holder, { component: component.id, branchId: branchId === '' ? undefined : branchId });
  const { fixture } = call.simulation;
  const script = scripted(() => inlineScript(fixture, configData)) ?? component.actions[action] ?? {};
  const answer = answerOfAction(component, script);
  return answer.status === 200 ? { ...answer, status: 201 } : answer;
}

function knownComponent({ simulation }: Call, id: string): Component {
  const component = simulation.fixture.component(id);
  if (component === undefined) throw new QueueProblem(404, `Component "${id}" not found`);
  return component;
}

function isObjectOfPhp(value: unknown): boolean {
  return isJsonObject(value) || (Array.isArray(value) && value.length === 0);
}
