// Writes the JSON Schema of the connections file into docs/schemas. Run it after a change of that file's shape:
// npm run connections-schema
import { connectionsSchemas } from '../dist/keboola/connection/connections-schema.js';
import { writeSchemas } from './schemas/write.js';

await writeSchemas(connectionsSchemas());
