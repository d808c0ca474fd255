import * as otel from '@opentelemetry/api';
import { expect, it } from 'vitest';
import type { Tally } from '../../../src/keboola/tally/tally.js';
import { traceRequests } from '../../../src/worker/tracing/worker-tracing.js';
import { recordSpans } from '../../support/otlp/recorded-spans.js';

const spans = recordSpans();
const heard: unknown[] = [];
const hears: Tally = {
  asked: (...what) => heard.push(what),
  deferred: (what) => heard.push(what),
  moved: (...what) => heard.push(what),
  transferred: (what) => heard.push(what),
};
const requests = traceRequests(otel).requests(hears);

const ASKED = { connection: 'default', method: 'GET', route: '/queue/job/{id}', durationSeconds: 1.5 } as const;
const EXCHANGE = { host: 'queue.keboola.com', path: '/queue/job/186985832' };

it.each([
  ['200', { 'http.response.status_code': 200 }, otel.SpanStatusCode.UNSET],
  ['404', { 'http.response.status_code': 404, 'error.type': '404' }, otel.SpanStatusCode.ERROR],
  ['timeout', { 'error.type': 'timeout' }, otel.SpanStatusCode.ERROR],
  ['given-up', { 'error.type': 'given-up' }, otel.SpanStatusCode.UNSET],
])('a request that has ended with %s is a span of as long as it took', (status, facts, code) => {
  requests.asked({ ...ASKED, status }, EXCHANGE);
  const span = spans.all().at(-1)!;
  expect([span.name, span.kind, span.status.code]).toEqual(['GET /queue/job/{id}', otel.SpanKind.CLIENT, code]);
  expect(span.attributes).toEqual({
    'http.request.method': 'GET',
    'server.address': 'queue.keboola.com',
    'url.template': '/queue/job/{id}',
    'keboola.connection': 'default',
    'keboola.job.id': '186985832',
    ...facts,
  });
  expect(span.duration[0] + span.duration[1] / 1e9).toBeCloseTo(1.5, 2);
});

it.each([
  ['/v2/storage/jobs/{id}', '/v2/storage/jobs/77', { 'keboola.storage.job.id': '77' }],
  ['/jobs/{id}/kill', '/jobs/77/kill', { 'keboola.job.id': '77' }],
  ['/v2/storage/buckets', '/v2/storage/buckets', {}],
])('an id of %s is told as that of whose job it is', (route, path, ids) => {
  requests.asked({ ...ASKED, route, status: '200' }, { ...EXCHANGE, path });
  const { attributes } = spans.all().at(-1)!;
  const told = Object.entries(attributes).filter(([name]) => name.endsWith('job.id'));
  expect(Object.fromEntries(told)).toEqual(ids);
});

it('whoever else counts them hears of all', () => {
  const transfer = { method: 'PUT', host: 'store:9000', status: '200', bytes: 7, durationSeconds: 0 } as const;
  heard.length = 0;
  requests.asked({ ...ASKED, status: '200' }, EXCHANGE);
  requests.deferred('default');
  requests.moved('upload', 7);
  requests.transferred(transfer);
  expect(heard).toEqual([[{ ...ASKED, status: '200' }, EXCHANGE], 'default', ['upload', 7], transfer]);
  expect(spans.all().at(-1)).toMatchObject({
    name: 'PUT file',
    attributes: { 'server.address': 'store', 'server.port': 9_000, 'keboola.transfer.bytes': 7 },
  });
});
