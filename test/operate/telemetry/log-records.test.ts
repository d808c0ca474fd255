import * as otel from '@opentelemetry/api';
import type { LogRecord } from '@opentelemetry/api-logs';
import { expect, it } from 'vitest';
import { logRecords } from '../../../src/operate/telemetry/log-records.js';

const BODY_LENGTH_MAX = 8_000;

it('a log record that is cut ends with no half of a character', () => {
  const records: LogRecord[] = [];
  const onLog = logRecords(otel, { emit: (record) => records.push(record), enabled: () => true });
  onLog({ level: 'INFO', timestampNanos: 0n, message: `${'a'.repeat(BODY_LENGTH_MAX - 1)}🦆` });
  expect(records.map(({ body }) => body)).toEqual([`${'a'.repeat(BODY_LENGTH_MAX - 1)}\ufffd`]);
});
