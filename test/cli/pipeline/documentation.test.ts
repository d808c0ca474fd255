import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parsePipeline } from '../../../src/cli/pipeline/parse-pipeline.js';
import { checkPipelineInput } from '../../../src/input/pipeline/check-pipeline.js';

it('shows a pipeline file that can be run', () => {
  const page = readFileSync(new URL('../../../docs/pipelines.md', import.meta.url), 'utf8');
  const [, file = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const parsed = parsePipeline(file);
  expect(parsed.ok && checkPipelineInput(parsed.value)).toMatchObject({ ok: true, value: { name: 'nightly' } });
});

it('shows the pipeline of the cookbook as it is kept', () => {
  const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  const [, shown] = /```yaml\n([\s\S]*?)```/.exec(read('docs/cookbook.md')) ?? [];
  expect(shown).toBe(read('examples/cookbook/orders.yaml'));
});
