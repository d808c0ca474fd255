import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as otel from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTelemetry } from '../../../src/operate/telemetry/open-telemetry.js';
import { closedPort } from '../../support/broken-servers.js';
import { eventually } from '../../support/eventually.js';

let server: Server;
/** Requests that nobody has answered. */
let open: ServerResponse[];

beforeEach(async () => {
  otel.context.disable();
  open = [];
  server = createServer((_request, response) => void open.push(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

it('ends although the collector takes what it is sent and never answers', async () => {
  const { port } = server.address() as AddressInfo;
  const told: string[] = [];
  const wanted = { tell: (_: string, words: string) => told.push(words), closeMsMax: 50, delayMs: 10 };
  const telemetry = openTelemetry({ logsUrl: `http://127.0.0.1:${port}/v1/logs` }, wanted);
  telemetry.onLog?.({ level: 'INFO', message: 'one', timestampNanos: 1n });
  const closed = telemetry.close();
  await eventually(() => expect(open).toHaveLength(1));
  await closed;
  expect([open[0]?.writableEnded, told]).toEqual([false, []]);
});

describe('why nothing arrives', () => {
  /** Base64, with the padding that has it taken for a name and a value. */
  const SECRET = 'c2VyZ2VhbnQ6aHVzaA==';

  /** What is told when one log record is sent there. */
  async function toldOf(url: string): Promise<string[]> {
    const told: string[] = [];
    const wanted = { tell: (_: string, words: string) => told.push(words), closeMsMax: 5_000 };
    vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', '500');
    const telemetry = openTelemetry({ logsUrl: `${url}/v1/logs` }, wanted);
    telemetry.onLog?.({ level: 'INFO', message: 'one', timestampNanos: 1n });
    await telemetry.close();
    return told;
  }

  it('is told without a header that is none, which Node.js quotes', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', `Authorization: Basic ${SECRET}`);
    const { port } = server.address() as AddressInfo;
    const told = await toldOf(`http://127.0.0.1:${port}`);
    expect(told).toEqual([expect.stringContaining(': ERR_INVALID_HTTP_TOKEN.')]);
    expect(told.join()).not.toContain(SECRET.replaceAll('=', ''));
  });

  it('is told without the words of a gateway that repeats what it was sent', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', `authorization=Basic ${SECRET}`);
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      response.writeHead(401, `no entry for ${request.headers.authorization}`).end();
    });
    const { port } = server.address() as AddressInfo;
    const told = await toldOf(`http://127.0.0.1:${port}`);
    expect(told).toEqual([expect.stringContaining(': it answers 401.')]);
    expect(told.join()).not.toContain(SECRET.replaceAll('=', ''));
  });

  it('is told by its code where a name has two addresses and neither takes it, which has no message', async () => {
    const told = await toldOf(`http://localhost:${await closedPort()}`);
    expect(told).toEqual([expect.stringContaining(': ECONNREFUSED.')]);
  });
});
