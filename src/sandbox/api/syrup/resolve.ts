import type { Configuration } from '../../fixture/schema.js';
import { variableProblem, variableValues } from '../../fixture/variable-problem.js';
import { isJsonObject, scalarText } from '../../json.js';
import type { JsonObject } from '../../json.js';
import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { syrupHolder } from '../call.js';
import type { Call } from '../call.js';
import { SyrupProblem } from '../../answer/problem.js';
import { readRunBody } from './run-body.js';

const DEPTH_MAX = 100;

/** `POST /docker/[branch/{branch}/]configuration/resolve`: a stored configuration with its variables filled in. */
export function resolveConfiguration(call: Call): Answer {
  const { project } = syrupHolder(call);
  const body = readRunBody(call.body);
  const [component, id, version] = ['componentId', 'configId', 'configVersion'].map((name) => required(body, name));
  const { fixture } = call.simulation;
  const stored = fixture.configuration(project, component ?? '', id ?? '');
  if (stored === undefined || String(stored.version) !== version) {
    throw new SyrupProblem(400, `Configuration ${id ?? ''} of version ${version ?? ''} not found.`);
  }
  const problem = variableProblem(stored, body);
  if (problem !== undefined) throw new SyrupProblem(400, problem);
  const values = variableValues(stored, body);
  return ok(describe(stored, (content) => filled(content, values, 0)));
}

function describe(stored: Configuration, fill: (content: JsonObject) => unknown): JsonObject {
  const { id, name, description, version, rows, configuration } = stored;
  return {
    id,
    name: name ?? id,
    description,
    version,
    isDeleted: false,
    state: {},
    configuration: fill(configuration),
    rows: rows.map((row) => ({
      id: row.id,
      name: row.name ?? row.id,
      isDisabled: row.isDisabled,
      state: {},
      configuration: fill(row.configuration),
    })),
  };
}

/** Fills in Mustache tags, of which only plain variables are known; a variable without a value becomes empty. */
function filled(value: unknown, values: Readonly<Record<string, unknown>>, depth: number): unknown {
  if (depth > DEPTH_MAX) throw new SyrupProblem(400, `The configuration is nested deeper than ${DEPTH_MAX} levels`);
  if (typeof value === 'string') {
    return value.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (_all, name: string) =>
      Object.hasOwn(values, name) ? (scalarText(values[name]) ?? '') : '',
    );
  }
  if (Array.isArray(value)) return value.map((item) => filled(item, values, depth + 1));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, values, depth + 1)]));
}

function required(body: JsonObject, name: string): string {
  const value = scalarText(body[name]);
  if (value === undefined || value === '') throw new SyrupProblem(400, `Missing "${name}" parameter in request body.`);
  return value;
}
