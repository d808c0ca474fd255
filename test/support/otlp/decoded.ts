import type { Message, Type } from 'protobufjs';

/** Attributes as a record. */
type Facts = Record<string, unknown>;

/** What spans and log records have in common. */
interface Common {
  traceId: string;
  spanId: string;
  attributes: Facts;
  /** Attributes of the process that has told of it. */
  resource: Facts;
}

/** A span, its ids in hexadecimal digits. */
export interface Span extends Common {
  name: string;
  parentSpanId: string;
  /** As in the definitions, for example `SPAN_KIND_CLIENT`. */
  kind: string;
  startMs: number;
  endMs: number;
  status: { code?: string; message?: string };
}

export interface LogRecord extends Common {
  severityText: string;
  severityNumber: string;
  body: { stringValue?: string };
  timeMs: number;
}

interface Raw {
  [field: string]: unknown;
  attributes?: KeyValue[];
}

interface KeyValue {
  key: string;
  value?: Record<string, unknown>;
}

interface Resource {
  attributes?: KeyValue[];
}

interface Request {
  resourceSpans?: { resource: Resource; scopeSpans: { spans: Raw[] }[] }[];
  resourceLogs?: { resource: Resource; scopeLogs: { logRecords: Raw[] }[] }[];
}

const IDS = ['traceId', 'spanId', 'parentSpanId'];
const NANOS_PER_MILLI = 1_000_000;

export function plainOf(type: Type, message: Message): Request {
  return type.toObject(message, { longs: Number, enums: String, arrays: true, objects: true });
}

export function spanOf(raw: Raw, resource: Resource): Span {
  return readable(raw, resource) as unknown as Span;
}

export function logRecordOf(raw: Raw, resource: Resource): LogRecord {
  return readable(raw, resource) as unknown as LogRecord;
}

/** With hexadecimal ids, times in epoch milliseconds, and attributes as a record. */
function readable(raw: Raw, resource: Resource): object {
  const ids = IDS.map((name): [string, string] => [
    name,
    Buffer.from((raw[name] as Uint8Array | undefined) ?? []).toString('hex'),
  ]);
  return {
    ...raw,
    ...Object.fromEntries(ids),
    startMs: Number(raw['startTimeUnixNano']) / NANOS_PER_MILLI,
    endMs: Number(raw['endTimeUnixNano']) / NANOS_PER_MILLI,
    timeMs: Number(raw['timeUnixNano']) / NANOS_PER_MILLI,
    attributes: factsOf(raw),
    resource: factsOf(resource),
    status: raw['status'] ?? {},
  };
}

function factsOf({ attributes = [] }: { attributes?: KeyValue[] }): Facts {
  return Object.fromEntries(
    attributes.map(({ key, value }): [string, unknown] => [key, Object.values(value ?? {})[0]]),
  );
}
