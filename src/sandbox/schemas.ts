import { z } from 'zod';
import { faultSchema } from './faults/fault.js';
import { fixtureSchema } from './fixture/schema.js';
import { scriptSchema } from './fixture/script-schema.js';
import { settingsSchema } from './settings.js';

const BASE = 'https://unpkg.com/keboola-temporal/docs/schemas/';

const DOCUMENTS = {
  'sandbox-fixture.schema.json': [fixtureSchema, 'Fixture of the Keboola sandbox'],
  'sandbox-script.schema.json': [scriptSchema, 'configData.parameters.sandbox: what a job of the Keboola sandbox does'],
  'sandbox-fault.schema.json': [faultSchema, 'POST /_sandbox/faults of the Keboola sandbox'],
  'sandbox-settings.schema.json': [settingsSchema, 'POST /_sandbox/settings of the Keboola sandbox'],
} as const;

/** The documents that people write for the sandbox, as JSON Schemas by file name. */
export function sandboxSchemas(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(DOCUMENTS).map(([name, [schema, title]]) => {
      // Describes what people write, not what the defaults make of it.
      const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
      return [name, { $schema, $id: BASE + name, title, ...rest }];
    }),
  );
}
