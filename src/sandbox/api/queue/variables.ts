import { QueueProblem } from '../../answer/queue-problem.js';
import type { Project } from '../../fixture/schema.js';
import type { JsonObject } from '../../json.js';
import type { Call } from '../call.js';
import type { CreateBody } from './create-body.js';

/**
 * The values that a create call brings along. Whether Keboola keeps values of undeclared variables is not known; if it
 * does, a caller can mark its job with one and recognize it. @throws QueueProblem 400
 */
export function givenVariables({ simulation }: Call, project: Project, body: CreateBody): JsonObject | undefined {
  const { component, config = '', variableValuesData: given } = body;
  if (given === undefined || given.values.length === 0) return undefined;
  const { settings, fixture } = simulation;
  const declared = fixture.configuration(project, component, config)?.variables?.names ?? [];
  const stray = given.values.find(({ name }) => !declared.includes(name));
  if (stray === undefined || settings.queueVariables === 'echoed') return given;
  if (settings.queueVariables === 'refused') {
    throw new QueueProblem(400, `Variable "${stray.name}" is not declared by the configuration.`);
  }
  const values = given.values.filter(({ name }) => declared.includes(name));
  return values.length === 0 ? undefined : { values };
}
