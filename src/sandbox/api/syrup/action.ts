import { inlineScript } from '../../fixture/resolve-script.js';
import type { Answer } from '../../answer/answer.js';
import { actionsOf, answerOfAction } from '../action-answer.js';
import { syrupHolder } from '../call.js';
import type { Call } from '../call.js';
import { SyrupProblem } from '../../answer/problem.js';
import { readRunBody } from './run-body.js';
import { requireMayRun } from './run-checks.js';
import { scripted } from '../scripted.js';

/**
 * `POST /docker/[branch/{branch}/]{component}/action/{action}`: runs the component synchronously and answers what it
 * printed. This takes a run id but creates no job.
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
  requireMayRun(holder);
  if (call.header('x-kbc-runid') === undefined) world.tickets.take();
  const script = scripted(() => inlineScript(fixture, configData)) ?? component.actions[action] ?? {};
  return answerOfAction(component, script);
}
