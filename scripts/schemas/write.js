import { mkdirSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const FOLDER = new URL('../../docs/schemas/', import.meta.url);

/** Writes JSON Schemas by file name into docs/schemas, formatted as everything else. */
export async function writeSchemas(schemas) {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, schema] of Object.entries(schemas)) {
    const file = new URL(name, FOLDER);
    const options = await resolveConfig(file);
    writeFileSync(file, await format(JSON.stringify(schema), { ...options, parser: 'json' }));
  }
}
