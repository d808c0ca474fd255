// Writes the JSON Schemas of the sandbox's documents into docs/schemas. Run it after a change of those documents:
// npm run sandbox-schemas
import { mkdirSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { sandboxSchemas } from '../dist/sandbox/schemas.js';

const folder = new URL('../docs/schemas/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(sandboxSchemas())) {
  const file = new URL(name, folder);
  const options = await resolveConfig(file);
  writeFileSync(file, await format(JSON.stringify(schema), { ...options, parser: 'json' }));
}
