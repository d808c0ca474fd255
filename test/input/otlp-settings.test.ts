import { describe, expect, it } from 'vitest';
import { readOtlpSettings } from '../../src/input/otlp-settings.js';

const GENERAL = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const ENDPOINT = { [GENERAL]: 'http://collector:4318/' };

describe('where spans and log records go', () => {
  it.each([
    ['nowhere by default', {}, {}],
    [
      'below the endpoint',
      ENDPOINT,
      {
        tracesUrl: 'http://collector:4318/v1/traces',
        tracesFrom: GENERAL,
        logsUrl: 'http://collector:4318/v1/logs',
        logsFrom: GENERAL,
      },
    ],
    [
      'to a place of its own as it is',
      { ...ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces/in' },
      {
        tracesUrl: 'https://traces/in',
        tracesFrom: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
        logsUrl: 'http://collector:4318/v1/logs',
        logsFrom: GENERAL,
      },
    ],
    [
      'only what has a place',
      { OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://logs/' },
      { logsUrl: 'http://logs/', logsFrom: 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT' },
    ],
    [
      'not what nobody wants',
      { ...ENDPOINT, OTEL_LOGS_EXPORTER: 'none' },
      { tracesUrl: 'http://collector:4318/v1/traces', tracesFrom: GENERAL, logsFrom: 'OTEL_LOGS_EXPORTER' },
    ],
    [
      'nowhere when OpenTelemetry is switched off',
      { ...ENDPOINT, OTEL_SDK_DISABLED: 'TRUE' },
      { tracesFrom: 'OTEL_SDK_DISABLED', logsFrom: 'OTEL_SDK_DISABLED' },
    ],
  ])('is %s', (_, env, settings) => {
    expect(readOtlpSettings(env)).toEqual(settings);
  });

  it.each([' ', '\n', '\r\n', '\t'])('is the same with a blank behind it, as a file may have it: %j', (blank) => {
    const env = { [GENERAL]: `http://c:4318/in/${blank}`, OTEL_LOGS_EXPORTER: `none${blank}` };
    expect(readOtlpSettings(env)).toMatchObject({ tracesUrl: 'http://c:4318/in/v1/traces' });
    const own = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `http://t/in${blank}` };
    expect(readOtlpSettings(own)).toMatchObject({ tracesUrl: 'http://t/in' });
    expect(readOtlpSettings({ ...env, OTEL_SDK_DISABLED: `true${blank}` })).not.toHaveProperty('tracesUrl');
  });

  it.each([
    ['another protocol', { ...ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, /OTEL_EXPORTER_OTLP_PROTOCOL is not/],
    ['no address', { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, /is not an HTTP address/],
    ['a password', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:hush@collector' }, /OTEL_EXPORTER_OTLP_HEADERS/],
    ['a query', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector/?key=hush' }, /OTEL_EXPORTER_OTLP_HEADERS/],
    ['a query with nothing in it', { [GENERAL]: 'http://collector/?' }, /OTEL_EXPORTER_OTLP_HEADERS/],
    ['a fragment below which nothing is', { [GENERAL]: 'http://collector/#' }, /OTEL_EXPORTER_OTLP_HEADERS/],
    ['a blank in a name', { [GENERAL]: 'http://colle ctor' }, /is not an HTTP address/],
    ['a fragment', { OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://collector/#hush' }, /OTEL_EXPORTER_OTLP_HEADERS/],
  ])('is nowhere, and is told why, for %s', (_, env, why) => {
    const settings = readOtlpSettings(env);
    const { variable, words } = settings.problem!;
    expect(Object.keys(settings)).toEqual(['problem']);
    expect(`${variable} ${words}`).toMatch(why);
    expect(words).not.toContain('hush');
  });

  it.each([
    ['a protocol of all, where each has its own', { PROTOCOL: 'grpc', TRACES_PROTOCOL: 'http/protobuf' }],
    ['a protocol of what is not sent', { LOGS_PROTOCOL: 'grpc' }],
    [
      'a place of all, where each has its own',
      { ENDPOINT: 'collector:4317', TRACES_ENDPOINT: 'http://collector:4318' },
    ],
    ['a place of what is not sent', { LOGS_ENDPOINT: 'http://a:b@collector' }],
  ])('minds nothing that is not in force: %s', (_, said) => {
    const env: Record<string, string> = { ...ENDPOINT, OTEL_LOGS_EXPORTER: 'none' };
    for (const [name, text] of Object.entries(said)) env[`OTEL_EXPORTER_OTLP_${name}`] = text;
    const settings = readOtlpSettings(env);
    expect(settings).not.toHaveProperty('problem');
    expect(settings).toMatchObject({ tracesUrl: expect.stringContaining('http://collector:4318') as unknown });
  });

  it.each(['TRACES', 'LOGS'])('is nowhere for a protocol of %s alone that is in force', (signal) => {
    const name = `OTEL_EXPORTER_OTLP_${signal}_PROTOCOL`;
    const env = { ...ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf', [name]: 'grpc' };
    expect(readOtlpSettings(env).problem?.variable).toBe(name);
  });

  it('minds no protocol where nothing is sent', () => {
    expect(readOtlpSettings({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).toEqual({});
  });
});
