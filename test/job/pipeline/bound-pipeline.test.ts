import { describe, expect, it } from 'vitest';
import {
  BRIEF_PIPELINE_BYTES_MAX,
  boundPipeline,
  PIPELINE_BYTES_MAX,
} from '../../../src/job/pipeline/bound-pipeline.js';
import type { PipelineResult, TaskResult } from '../../../src/job/pipeline/result.js';

function resultOf(phases: number, tasks: number, task: (at: number) => Partial<TaskResult>): PipelineResult {
  return {
    name: 'p',
    status: 'warning',
    rootRunId: '912345678901234',
    phases: Array.from({ length: phases }, (_, phase) => ({
      name: `phase ${phase}`,
      status: 'warning',
      tasks: Array.from({ length: tasks }, (__, at) => ({ id: `task-${phase}-${at}`, status: 'success', ...task(at) })),
    })),
  };
}

const failed = { status: 'error', error: { type: 'JobError', message: 'why' } } as const;
function withLongNames(result: PipelineResult): PipelineResult {
  return { ...result, phases: result.phases.map((phase) => ({ ...phase, name: 'ž'.repeat(200) })) };
}

const bytesOf = (result: PipelineResult): number => Buffer.byteLength(JSON.stringify(result));

describe('the result of a pipeline', () => {
  it('is kept whole while it is small', () => {
    const small = resultOf(2, 10, () => ({}));
    expect(boundPipeline(small)).toBe(small);
  });

  it('counts tasks and lists the failed ones where it would be too large', () => {
    const large = resultOf(2, 5_000, (at) => (at % 1_000 === 7 ? failed : {}));
    const bound = boundPipeline(large);
    expect(bound).toMatchObject({ truncated: true, phases: [{ counts: { success: 4_995, error: 5 } }, {}] });
    expect(bound.phases.flatMap(({ tasks }) => tasks).map(({ error }) => error?.type)).toEqual(
      Array.from({ length: 10 }, () => 'JobError'),
    );
  });

  it.each([
    ['thousands of failures', resultOf(1, 10_000, () => failed)],
    ['a thousand phases', resultOf(1_000, 10, () => failed)],
    ['phases whose names alone would fill it', withLongNames(resultOf(1_000, 1, () => failed))],
  ])('stays within its bounds with %s', (_, large) => {
    for (const bytesMax of [PIPELINE_BYTES_MAX, BRIEF_PIPELINE_BYTES_MAX]) {
      const bound = boundPipeline(large, bytesMax);
      expect(bytesOf(bound)).toBeLessThanOrEqual(bytesMax);
      expect(bytesOf(bound)).toBeGreaterThan(bytesMax * 0.9);
    }
  });
});
