// Writes the JSON Schemas of the inputs of all workflows into docs/schemas. Run it after a change of one:

import { inputSchemas } from '../dist/keboola/input-schema.js';
import { pipelineSchemas } from '../dist/keboola/pipeline-json-schema.js';
import { storageSchemas } from '../dist/keboola/storage/json-schemas.js';
import { writeSchemas } from './schemas/write.js';

await writeSchemas({ ...inputSchemas(), ...storageSchemas(), ...pipelineSchemas() });
