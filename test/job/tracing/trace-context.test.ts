import { defaultPayloadConverter } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import {
  contextIn,
  contextOfRun,
  isSampled,
  readTraceContext,
  TRACE_HEADER,
  writeTraceContext,
} from '../../../src/job/tracing/trace-context.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const RUN = '01a22ab3-1c86-7691-bcc3-78e873389106';
const FIRST = '11111111-2222-4333-8444-555555555555';

describe('a trace context in a header', () => {
  it('is read as it was written', () => {
    const context = { traceId: TRACE, spanId: SPAN, flags: '01', traceState: 'vendor=1' };
    expect(readTraceContext(writeTraceContext(context))).toEqual(context);
    expect(writeTraceContext({ traceId: TRACE, spanId: SPAN, flags: '00' })).toEqual({
      traceparent: `00-${TRACE}-${SPAN}-00`,
    });
  });

  it('is found among the headers of a workflow, or is none where nobody can read them', () => {
    const context = { traceId: TRACE, spanId: SPAN, flags: '01' };
    const payload = defaultPayloadConverter.toPayload(writeTraceContext(context));
    expect(contextIn({ [TRACE_HEADER]: payload })).toEqual(context);
    expect(contextIn({})).toBeUndefined();
    expect(contextIn({ [TRACE_HEADER]: { metadata: {}, data: new Uint8Array([1]) } })).toBeUndefined();
  });

  it('is read of a later version of the standard, too', () => {
    expect(readTraceContext({ traceparent: `cc-${TRACE}-${SPAN}-01-more` })).toMatchObject({ traceId: TRACE });
  });

  it.each([
    [undefined],
    [null],
    ['00'],
    [{}],
    [{ traceparent: 7 }],
    [{ traceparent: `00-${TRACE}-${SPAN}` }],
    [{ traceparent: `00-${TRACE.toUpperCase()}-${SPAN}-01` }],
    [{ traceparent: `00-${'0'.repeat(32)}-${SPAN}-01` }],
    [{ traceparent: `00-${TRACE}-${'0'.repeat(16)}-01` }],
    [{ traceparent: `00-${TRACE}-${SPAN}-011` }],
  ])('is none where anything else stands there: %j', (carrier) => {
    expect(readTraceContext(carrier)).toBeUndefined();
  });

  it('leaves out what vendors have added where that is too long', () => {
    const carrier = { traceparent: `00-${TRACE}-${SPAN}-01`, tracestate: 'a'.repeat(513) };
    expect(readTraceContext(carrier)).toEqual({ traceId: TRACE, spanId: SPAN, flags: '01' });
  });
});

describe('the context of a run', () => {
  it('is below whoever has started it, with an id that any worker finds again', () => {
    const parent = { traceId: TRACE, spanId: SPAN, flags: '00', traceState: 'vendor=1' };
    const context = contextOfRun({ runId: RUN, firstExecutionRunId: FIRST }, parent);
    expect(context).toEqual({ ...parent, spanId: 'bcc378e873389106' });
  });

  it('is at the top of the trace of its first run where nobody traces who has started it', () => {
    const context = contextOfRun({ runId: RUN, firstExecutionRunId: FIRST });
    expect(context).toEqual({ traceId: '11111111222243338444555555555555', spanId: 'bcc378e873389106', flags: '01' });
  });

  it('is none where its ids are no UUIDs', () => {
    expect(contextOfRun({ runId: 'run', firstExecutionRunId: FIRST })).toBeUndefined();
    expect(contextOfRun({ runId: RUN, firstExecutionRunId: '' })).toBeUndefined();
  });
});

it.each([
  ['00', false],
  ['01', true],
  ['02', false],
  ['ff', true],
])('by the last bit of its flags a trace is kept: %s', (flags, kept) => {
  expect(isSampled({ flags })).toBe(kept);
});
