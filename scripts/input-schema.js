// Writes the JSON Schemas of the inputs of all workflows into docs/schemas. Run it after a change of one:

import { inputSchemas } from '../dist/input/json-schemas.js';
import { pipelineSchemas } from '../dist/input/pipeline/json-schemas.js';
import { storageSchemas } from '../dist/input/storage/json-schemas.js';
import { writeSchemas } from './schemas/write.js';

await writeSchemas({ ...inputSchemas(), ...storageSchemas(), ...pipelineSchemas() });
