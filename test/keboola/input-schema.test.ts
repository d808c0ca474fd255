import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inputSchemas } from '../../src/keboola/input-schema.js';

const FOLDER = new URL('../../docs/schemas/', import.meta.url);

interface Schema {
  properties: Record<string, { description?: string }>;
}

describe('the JSON Schema of the input', () => {
  const [[name, schema] = ['', {}], ...more] = Object.entries(inputSchemas());

  it('is what `npm run input-schema` writes', () => {
    expect(more).toEqual([]);
    expect(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))).toEqual(schema);
  });

  it('describes every field', () => {
    const { properties } = schema as Schema;
    expect(Object.keys(properties).length).toBeGreaterThan(15);
    expect(Object.entries(properties).filter(([, { description }]) => !description)).toEqual([]);
  });

  it('refuses unknown fields, and an input that names nothing to run', () => {
    expect(schema).toMatchObject({
      additionalProperties: false,
      required: ['component'],
      anyOf: [{ required: ['config'] }, { required: ['configData'] }, { required: ['params'] }],
      dependentRequired: { rows: ['config'] },
    });
  });
});
