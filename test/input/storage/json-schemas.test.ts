import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { storageSchemas } from '../../../src/input/storage/json-schemas.js';

const FOLDER = new URL('../../../docs/schemas/', import.meta.url);

describe.each(Object.entries(storageSchemas()))('the JSON Schema %s', (name, schema) => {
  it('is what `npm run input-schema` writes', () => {
    expect(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))).toEqual(schema);
  });

  it('describes every field, and refuses unknown ones', () => {
    const { properties } = schema as { properties: Record<string, { description?: string }> };
    expect(Object.entries(properties).filter(([, { description }]) => !description)).toEqual([]);
    expect(schema).toMatchObject({ additionalProperties: false });
  });
});
