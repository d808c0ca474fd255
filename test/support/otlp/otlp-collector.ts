import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Root, type Type } from 'protobufjs';
import { logRecordOf, plainOf, spanOf, type LogRecord, type Span } from './decoded.js';

/** A collector of OpenTelemetry on this machine, which decodes what it is sent with OpenTelemetry's own definitions. */
export interface OtlpCollector {
  url: string;
  /** All that has come. */
  spans: Span[];
  logs: LogRecord[];
  /** The bytes of each request as they came, unpacked, its headers before them. */
  bytes: Buffer[];
  /** What the headers of the requests were. */
  headers: IncomingMessage['headers'][];
  span(name: string | RegExp): Span | undefined;
  close(): Promise<void>;
}

/** https://github.com/open-telemetry/opentelemetry-proto, version 1.10.0, as it is. */
const DEFINITIONS = fileURLToPath(new URL('./', import.meta.url));
const SERVICES = {
  '/v1/traces': ['collector/trace/v1/trace_service.proto', 'collector.trace.v1.ExportTraceServiceRequest'],
  '/v1/logs': ['collector/logs/v1/logs_service.proto', 'collector.logs.v1.ExportLogsServiceRequest'],
} as const;

/** @param port default any that is free. */
export async function startOtlpCollector(port = 0): Promise<OtlpCollector> {
  const [spans, logs]: [Span[], LogRecord[]] = [[], []];
  const [bytes, headers]: [Buffer[], IncomingMessage['headers'][]] = [[], []];
  const requests = requestTypes();
  const server = createServer((request, response) => {
    void (async () => {
      const type = requests.get(request.url ?? '');
      const body = await bodyOf(request);
      headers.push(request.headers);
      bytes.push(Buffer.concat([Buffer.from(JSON.stringify(request.headers)), body]));
      if (type) take(type, body, { spans, logs });
      response.writeHead(type ? 200 : 404, { 'content-type': 'application/x-protobuf' }).end();
    })();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    logs,
    bytes,
    headers,
    span: (wanted) => spans.find(({ name }) => (typeof wanted === 'string' ? name === wanted : wanted.test(name))),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function requestTypes(): Map<string, Type> {
  const root = new Root();
  root.resolvePath = (_from, target) => `${DEFINITIONS}${target}`;
  return new Map(
    Object.entries(SERVICES).map(([path, [file, name]]) => {
      root.loadSync(`opentelemetry/proto/${file}`);
      return [path, root.lookupType(`opentelemetry.proto.${name}`)];
    }),
  );
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

function take(type: Type, body: Buffer, { spans, logs }: Pick<OtlpCollector, 'spans' | 'logs'>): void {
  const message = type.decode(body);
  const problem = type.verify(message);
  if (problem !== null) throw new Error(problem);
  const { resourceSpans = [], resourceLogs = [] } = plainOf(type, message);
  for (const { resource, scopeSpans } of resourceSpans) {
    spans.push(...scopeSpans.flatMap((scope) => scope.spans.map((span) => spanOf(span, resource))));
  }
  for (const { resource, scopeLogs } of resourceLogs) {
    logs.push(...scopeLogs.flatMap(({ logRecords }) => logRecords.map((record) => logRecordOf(record, resource))));
  }
}
