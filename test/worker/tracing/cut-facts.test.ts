import * as otel from '@opentelemetry/api';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it } from 'vitest';
import { FACT_LENGTH_MAX } from '../../../src/job/tracing/told-to-traces.js';
import { activitySpans } from '../../../src/worker/tracing/activity-spans.js';
import { recordSpans } from '../../support/otlp/recorded-spans.js';

/** A cut at the greatest length would leave half of the duck. */
const LONG = `${'a'.repeat(FACT_LENGTH_MAX - 1)}🦆`;

it('a span holds no half of a character, whatever is cut for it', async () => {
  const spans = recordSpans();
  const { execute } = activitySpans(otel, spans.tracer)(new MockActivityEnvironment().context).inbound!;
  const input = { args: [{ component: LONG, connection: LONG, jobId: LONG }], headers: {} };
  const failing = execute!(input, () => Promise.reject(ApplicationFailure.create({ type: LONG })));
  await expect(failing).rejects.toThrow();
  const { attributes } = spans.all().at(-1)!;
  const cut = `${'a'.repeat(FACT_LENGTH_MAX - 1)}\ufffd`;
  expect(attributes).toMatchObject({ 'keboola.component': cut, 'keboola.job.id': cut, 'error.type': cut });
});
