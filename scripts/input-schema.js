// Writes the JSON Schema of runJob's input into docs/schemas. Run it after a change of that input:
// npm run input-schema
import { inputSchemas } from '../dist/keboola/input-schema.js';
import { writeSchemas } from './schemas/write.js';

await writeSchemas(inputSchemas());
