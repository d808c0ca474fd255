import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sandboxSchemas } from '../../src/sandbox/schemas.js';

const FOLDER = new URL('../../docs/schemas/', import.meta.url);

describe('the JSON Schemas of the sandbox', () => {
  it('are what `npm run sandbox-schemas` writes', () => {
    const schemas = sandboxSchemas();
    const written = readdirSync(FOLDER).filter((name) => name.startsWith('sandbox-'));
    expect(written.sort()).toEqual(Object.keys(schemas).sort());
    for (const [name, schema] of Object.entries(schemas)) {
      expect([name, JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))]).toEqual([name, schema]);
    }
  });

  it('describe every knob that a person can turn', () => {
    const undescribed = Object.entries(sandboxSchemas()).flatMap(([name, schema]) => {
      const { properties = {} } = schema as { properties?: Record<string, { description?: string }> };
      return Object.entries(properties).flatMap(([key, { description }]) => (description ? [] : [`${name} ${key}`]));
    });
    expect(undescribed).toEqual([]);
  });

  it('refuse unknown keys, and ask for no more than the sandbox does', () => {
    const { 'sandbox-script.schema.json': script, 'sandbox-fixture.schema.json': fixture } = sandboxSchemas();
    expect(script).toMatchObject({ type: 'object', additionalProperties: false });
    expect(script).not.toHaveProperty('required');
    expect(fixture).toMatchObject({ additionalProperties: false });
    expect(fixture).not.toHaveProperty('required');
  });
});
