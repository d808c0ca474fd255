import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pipelineSchemas } from '../../../src/input/pipeline/json-schemas.js';

const FOLDER = new URL('../../../docs/schemas/', import.meta.url);

interface Schema {
  properties: Record<string, { description?: string; items?: Schema }>;
  $defs: { phases: { description?: string; items?: Schema } };
}

describe('the JSON Schema of a pipeline file', () => {
  const [[name, schema] = ['', {}], ...more] = Object.entries(pipelineSchemas());
  const { properties, $defs } = schema as Schema;
  const task = $defs.phases.items?.properties['tasks']?.items;

  it('is what `npm run input-schema` writes', () => {
    expect(more).toEqual([]);
    expect(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))).toEqual(schema);
  });

  it('describes every field of a pipeline and of a task', () => {
    const { phases, ...own } = properties;
    const all = [own, $defs, task?.properties ?? {}];
    const fields = all.flatMap((some) => Object.entries<{ description?: string }>(some));
    expect(phases).toEqual({ $ref: '#/$defs/phases' });
    expect(fields.length).toBeGreaterThan(9);
    expect(fields.filter(([, { description }]) => !description)).toEqual([]);
  });

  it('wants of a task exactly one kind', () => {
    expect(task).toMatchObject({
      additionalProperties: false,
      oneOf: ['job', 'pipeline', 'storage', 'import', 'export', 'asyncAction', 'action'].map((kind) => ({
        required: [kind],
      })),
    });
  });
});
