// Writes the JSON Schemas of the sandbox's documents into docs/schemas. Run it after a change of those documents:
// npm run sandbox-schemas
import { sandboxSchemas } from '../dist/sandbox/schemas.js';
import { writeSchemas } from './schemas/write.js';

await writeSchemas(sandboxSchemas());
