import { z } from 'zod';
import { DIFFERENCES } from './differences.js';
import type { Difference } from './differences.js';
import * as notification from './notification.js';
import * as specified from './specification.js';
import type { Schema } from './specification.js';

/** The schema of a job: the specification, loosened where the platform differs from it. */
export function jobSchema(differences: readonly Difference[] = DIFFERENCES): Schema {
  const properties: Record<string, Schema> = { ...specified.JOB };
  for (const { field, also } of differences) properties[field] = { anyOf: [properties[field], also] };
  return { type: 'object', properties, required: specified.JOB_REQUIRED };
}

const JOB = jobSchema();
const JOBS = { type: 'array', items: JOB };

/** What each call answers when it succeeds. */
const ANSWERS: readonly [RegExp, Schema][] = [
  [/^POST \/jobs$/, JOB],
  [/^POST \/jobs\/[^/]*\/kill$/, JOB],
  [/^GET \/jobs\/[^/]*$/, JOB],
  [/^GET \/(?:jobs|search\/jobs|(?:latest-)?configurations-jobs)$/, JOBS],
  [/^GET \/search\/grouped-jobs$/, specified.groupsOf(JOB)],
  [/^GET \/orchestration-rerun-plan\/[^/]*$/, specified.RERUN_PLAN],
  [/^GET \/stats\/project$/, specified.STATS],
  [/^GET \/jobs?\/[^/]*\/open-api-lineage$/, specified.LINEAGE],
  [/^GET \/actions$/, { type: 'array', items: { type: 'string' } }],
  [/^POST \/actions$/, {}],
  [/^(?:POST \/project-subscriptions|GET \/project-subscriptions\/[^/]*)$/, notification.SUBSCRIPTION],
  [/^GET \/project-subscriptions$/, { type: 'array', items: notification.SUBSCRIPTION }],
  [/^DELETE \/project-subscriptions\/[^/]*$/, {}],
];

const parsers = new Map<Schema, z.ZodType>();

/** What is wrong with an answer of Queue v2; undefined for nothing. */
export function problemOf(method: string, path: string, status: number, json: unknown): string | undefined {
  const call = `${method} ${path.replace(/\?.*$/, '')}`;
  const schema = status < 400 ? ANSWERS.find(([pattern]) => pattern.test(call))?.[1] : specified.ERROR;
  if (schema === undefined) return `${call} is specified nowhere`;
  return schemaProblem(schema, json);
}

export function schemaProblem(schema: Schema, json: unknown): string | undefined {
  const parser = parsers.get(schema) ?? z.fromJSONSchema(schema);
  parsers.set(schema, parser);
  const parsed = parser.safeParse(json);
  return parsed.success ? undefined : z.prettifyError(parsed.error);
}
