// Writes the JSON Schemas of runJob's input and of pipelines into docs/schemas. Run it after a change of either:

import { inputSchemas } from '../dist/keboola/input-schema.js';
import { pipelineSchemas } from '../dist/keboola/pipeline-json-schema.js';
import { writeSchemas } from './schemas/write.js';

await writeSchemas({ ...inputSchemas(), ...pipelineSchemas() });
