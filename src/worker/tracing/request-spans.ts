import type * as OpenTelemetry from '@opentelemetry/api';
import { GIVEN_UP } from '../../keboola/tally/tallied-sender.js';
import type { Asked, Direction, Exchange, Tally, Transferred } from '../../keboola/tally/tally.js';
import { jobIdFact } from './job-id-fact.js';
import { isLetGo } from './let-go.js';

const STATUS = /^\d{3}$/;
const ERRORS_FROM = 400;
/** The id says nothing about the content of the job. */
const JOB_ID = /\/jobs?\/(\d+)(?:\/|$)/;
const OF_STORAGE = '/v2/storage/';

/**
 * Makes a span of every exchange with Keboola, below the active span, and passes on what it is told. A span has the
 * template of the path, but no address, query, header or body: the address of a file alone gives access to it.
 */
export class RequestSpans implements Tally {
  constructor(
    private readonly otel: typeof OpenTelemetry,
    private readonly tracer: OpenTelemetry.Tracer,
    private readonly next: Tally,
  ) {}

  asked(asked: Asked, exchange: Exchange): void {
    this.next.asked(asked, exchange);
    const { method, route, connection, status, durationSeconds } = asked;
    const [, jobId] = JOB_ID.exec(exchange.path) ?? [];
    const facts = {
      'url.template': route,
      'keboola.connection': connection,
      ...(jobId && jobIdFact(jobId, route.startsWith(OF_STORAGE))),
    };
    this.make(`${method} ${route}`, { method, host: exchange.host, status, durationSeconds }, facts);
  }

  deferred(connection: string): void {
    this.next.deferred(connection);
    this.otel.trace.getActiveSpan()?.addEvent('request put off', { 'keboola.connection': connection });
  }

  moved(direction: Direction, bytes: number): void {
    this.next.moved(direction, bytes);
  }

  transferred(transfer: Transferred): void {
    this.next.transferred(transfer);
    this.make(`${transfer.method} file`, transfer, { 'keboola.transfer.bytes': transfer.bytes });
  }

  /** The exchange is over already, so that making a span delays no answer. */
  private make(name: string, { method, host, status, durationSeconds }: Over, facts: OpenTelemetry.Attributes): void {
    const { SpanKind, SpanStatusCode } = this.otel;
    if (isLetGo(this.otel, this.otel.context.active())) return;
    const endMs = Date.now();
    const span = this.tracer.startSpan(name, {
      kind: SpanKind.CLIENT,
      startTime: endMs - durationSeconds * 1_000,
      attributes: { 'http.request.method': method, ...placeOf(host), ...facts, ...answerOf(status) },
    });
    if (isError(status)) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(endMs);
  }
}

/** What is known of every exchange that is over. */
type Over = Pick<Transferred, 'host' | 'status' | 'durationSeconds'> & { method: string };

function placeOf(host: string): OpenTelemetry.Attributes {
  const { hostname, port } = new URL(`http://${host}`);
  return { 'server.address': hostname, ...(port !== '' && { 'server.port': Number(port) }) };
}

function answerOf(status: string): OpenTelemetry.Attributes {
  return {
    ...(STATUS.test(status) && { 'http.response.status_code': Number(status) }),
    ...((isError(status) || status === GIVEN_UP) && { 'error.type': status }),
  };
}

function isError(status: string): boolean {
  return STATUS.test(status) ? Number(status) >= ERRORS_FROM : status !== GIVEN_UP;
}
