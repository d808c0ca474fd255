import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inputSchemas } from '../../src/input/json-schemas.js';

const FOLDER = new URL('../../docs/schemas/', import.meta.url);

interface Schema {
  properties: Record<string, { description?: string }>;
}

const schemas = Object.entries(inputSchemas());

describe.each(schemas)('the JSON Schema %s', (name, schema) => {
  it('is what `npm run input-schema` writes', () => {
    expect(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))).toEqual(schema);
  });

  it('describes every field', () => {
    const { properties } = schema as Schema;
    expect(Object.keys(properties).length).toBeGreaterThan(0);
    expect(Object.entries(properties).filter(([, { description }]) => !description)).toEqual([]);
  });

  it('refuses unknown fields', () => {
    expect(schema).toMatchObject({ additionalProperties: false });
  });
});

it('refuses an input that names nothing to run', () => {
  expect(inputSchemas()['run-job-input.schema.json']).toMatchObject({
    required: ['component'],
    anyOf: [{ required: ['config'] }, { required: ['configData'] }, { required: ['params'] }],
    dependentRequired: { rows: ['config'] },
  });
});

it('refuses half of a range of days', () => {
  expect(inputSchemas()['read-statistics-input.schema.json']).toMatchObject({
    dependentRequired: { fromDate: ['toDate'], toDate: ['fromDate'], timezoneOffset: ['fromDate'] },
  });
});
