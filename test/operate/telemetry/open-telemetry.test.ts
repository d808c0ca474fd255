import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as otel from '@opentelemetry/api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTelemetry } from '../../../src/operate/telemetry/open-telemetry.js';
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
