import { describe, expect, onTestFinished, test } from 'vitest';
import { Connections } from '../../src/keboola/connections.js';
import type { ConnectionSettings } from '../../src/keboola/connection/connection.js';
import { UnknownConnection } from '../../src/keboola/connection/errors.js';
import { SettingsError } from '../../src/input/settings-error.js';
import { startRawServer } from '../support/raw-server.js';
import { replies } from '../support/replies.js';

function connections(...settings: Partial<ConnectionSettings>[]): Connections {
  const made = new Connections(
    settings.map((one) => ({ name: 'default', url: 'http://127.0.0.1:1', token: () => 'token', ...one })),
  );
  onTestFinished(() => made.close());
  return made;
}

describe('connections', () => {
  test('are found by name', () => {
    const both = connections({ name: 'default' }, { name: 'sales' });
    expect(both.get('sales').connection.name).toBe('sales');
    expect(both.all().map(({ connection }) => connection.name)).toEqual(['default', 'sales']);
  });

  test('that are not known are refused with the names that are', () => {
    expect(() => connections({ name: 'a' }, { name: 'b' }).get('c')).toThrow(UnknownConnection);
    expect(() => connections({ name: 'a' }, { name: 'b' }).get('c')).toThrow('it knows "a", "b".');
    expect(() => connections().get('default')).toThrow('it knows none.');
  });

  test('with an unusable address fail at start', () => {
    expect(() => connections({ url: 'http://connection.keboola.com' })).toThrow(SettingsError);
  });
});

describe('the token of a connection', () => {
  test('is asked for anew each time, so that a renewed one is picked up', async () => {
    const server = await startRawServer(replies.json(401, { error: 'Invalid access token' }));
    let token = 'old';
    const keboola = connections({ url: server.url, token: () => token }).get('default');
    await expect(keboola.facts()).rejects.toMatchObject({ kind: 'unauthorized' });
    token = ' new\n';
    await expect(keboola.facts()).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(server.requests.map(({ headers }) => headers['x-storageapi-token'])).toEqual(['old', 'new']);
  });

  test('that is missing says what to set, and nothing is sent', async () => {
    const server = await startRawServer(replies.json(200, {}));
    const keboola = connections({ url: server.url, token: () => ' ' }).get('default');
    await expect(keboola.facts()).rejects.toThrow('Connection "default" has no Storage token. Set KBC_TOKEN.');
    expect(server.requests).toHaveLength(0);
  });

  test.each(['to ken', 'tok\u0000en', 'tokéen', 'a\r\nx-evil: 1'])('%j is refused and not repeated', (token) => {
    const { connection } = connections({ token: () => token }).get('default');
    expect(() => connection.token()).toThrow(/holds characters that no HTTP header can carry\.$/);
  });
});
