import type { TLSConfig } from '@temporalio/client';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SettingsError } from '../src/input/settings-error.js';
import { readSettings, type Environment } from '../src/settings.js';
import { makeAuthority } from './support/certificates.js';
import { tempFolder } from './support/temp-folder.js';

/** Instead of the configuration folder of whoever runs the tests, where his profile file is. */
const NO_FOLDER = { XDG_CONFIG_HOME: '/none', APPDATA: '/none', HOME: '/none' };

function settingsOf(env: Environment): ReturnType<typeof readSettings> {
  return readSettings({ ...NO_FOLDER, ...env });
}

describe('the settings', () => {
  it('have the proxies, in capitals or not; the small ones come first', () => {
    const env = {
      HTTPS_PROXY: 'http://a:1',
      https_proxy: 'http://b:1',
      HTTP_PROXY: 'c:1',
      NO_PROXY: ' x.example ',
      http_proxy: '',
    };
    expect(settingsOf(env).proxy).toEqual({ https: 'http://b:1', http: 'c:1', except: 'x.example' });
  });

  it('have the proxy for all that no other one is named for', () => {
    expect(settingsOf({ ALL_PROXY: 'http://a:1' }).proxy).toMatchObject({ all: 'http://a:1' });
    expect(settingsOf({ ALL_PROXY: 'http://a:1', all_proxy: 'http://b:1' }).proxy).toMatchObject({ all: 'http://b:1' });
  });

  it('have defaults for all that need not be said', () => {
    expect(settingsOf({})).toMatchObject({
      connections: [],
      taskQueue: 'keboola',
      temporal: { address: '127.0.0.1:7233', namespace: 'default' },
    });
  });

  it.each([
    [{ KBC_URL: 'https://k', KBC_TOKEN: ' t ' }],
    [{ KBC_STORAGE_API_URL: 'https://k', KBC_STORAGE_API_TOKEN: 't' }],
    [{ KBC_STORAGE_API_HOST: 'https://k', KBC_TOKEN: 't' }],
    [{ KBC_URL: 'https://k', KBC_STORAGE_API_URL: 'https://other', KBC_TOKEN: 't', KBC_STORAGE_API_TOKEN: 'other' }],
  ])('know Keboola by %j', (env) => {
    const [connection] = settingsOf(env).connections;
    expect(connection).toMatchObject({ name: 'default', url: 'https://k' });
    expect(connection?.token()).toBe('t');
  });

  it('know the run and the branch that they are within', () => {
    expect(settingsOf({})).toMatchObject({ parentRunId: undefined, branchId: undefined });
    expect(settingsOf({ KBC_RUNID: '1.2', KBC_BRANCH_ID: '77' })).toMatchObject({ parentRunId: '1.2', branchId: '77' });
  });

  it('read the token anew each time, so that a renewed one is used', () => {
    const env: Record<string, string> = { ...NO_FOLDER, KBC_URL: 'https://k', KBC_TOKEN: 'old' };
    const [connection] = readSettings(env).connections;
    expect(connection?.token()).toBe('old');
    env['KBC_TOKEN'] = 'new';
    expect(connection?.token()).toBe('new');
  });

  it('hold no token as text, so that they can be printed', () => {
    expect(JSON.stringify(settingsOf({ KBC_URL: 'https://k', KBC_TOKEN: 'secret' }))).not.toContain('secret');
  });

  it("take Temporal's own variables and its profile file", async () => {
    const file = await written('[profile.prod]\naddress = "temporal.example:7233"\nnamespace = "etl"\n');
    const profile = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'prod' };
    expect(settingsOf(profile).temporal).toMatchObject({ address: 'temporal.example:7233', namespace: 'etl' });
    expect(settingsOf({ ...profile, TEMPORAL_NAMESPACE: 'other' }).temporal.namespace).toBe('other');
  });

  it('say what is wrong with a profile that does not exist', () => {
    expect(() => settingsOf({ TEMPORAL_PROFILE: 'none' })).toThrow(SettingsError);
    expect(() => settingsOf({ TEMPORAL_PROFILE: 'none' })).toThrow(
      /Profile 'none' .* not found .*: it has no profiles/,
    );
  });

  it('take certificates and a profile file with a byte order mark in front', async () => {
    const authority = makeAuthority();
    const { cert, key } = authority.issue(['DNS:localhost']);
    const marked = async (text: string): Promise<string> => await written(`\uFEFF${text}`);
    const tls = {
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: await marked(authority.cert),
      TEMPORAL_TLS_CLIENT_CERT_PATH: await marked(cert),
      TEMPORAL_TLS_CLIENT_KEY_PATH: await marked(key),
    };
    const file = await marked('[profile.default]\naddress = "temporal.example:7233"\n');
    const { address, connectionOptions } = settingsOf({ ...tls, TEMPORAL_CONFIG_FILE: file }).temporal;
    expect(address).toBe('temporal.example:7233');
    const { clientCertPair, serverRootCACertificate } = connectionOptions.tls as TLSConfig;
    const told = [serverRootCACertificate, clientCertPair?.crt, clientCertPair?.key];
    expect(told.map((bytes) => Buffer.from(bytes ?? []).toString())).toEqual([authority.cert, cert, key]);
  });

  it('name the file in which a profile is missing, and those that it has', async () => {
    const file = await written('[profile.prod]\naddress = "temporal.example:7233"\n[profile.test]\n');
    const env = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'none' };
    expect(() => settingsOf(env)).toThrow(`not found in ${file}: it has prod, test.`);
  });

  it('do not lead to this machine where the file that they name does not exist', () => {
    const env = { TEMPORAL_CONFIG_FILE: '/none/temporal.toml' };
    expect(() => settingsOf(env)).toThrow(SettingsError);
    expect(() => settingsOf(env)).toThrow('TEMPORAL_CONFIG_FILE names /none/temporal.toml, which does not exist.');
    expect(() => settingsOf({ ...env, TEMPORAL_ADDRESS: 'temporal.example:7233' })).toThrow(SettingsError);
    expect(() => settingsOf({ TEMPORAL_CONFIG_FILE: '/tmp' })).toThrow(
      'TEMPORAL_CONFIG_FILE names /tmp, which is a folder.',
    );
  });

  it('take an empty variable for none', () => {
    const { temporal } = settingsOf({ TEMPORAL_ADDRESS: '', TEMPORAL_CONFIG_FILE: ' ', TEMPORAL_NAMESPACE: '' });
    expect(temporal).toMatchObject({ address: '127.0.0.1:7233', namespace: 'default' });
  });

  it.each([
    [{ TEMPORAL_ADDRESS: 'https://temporal.example:7233' }, 'TEMPORAL_ADDRESS is host:port'],
    [{ TEMPORAL_ADDRESS: 'temporal.example:seven' }, 'TEMPORAL_ADDRESS is host:port'],
    [{ TEMPORAL_ADDRESS: '127.0.0.1:65536' }, 'TEMPORAL_ADDRESS is host:port'],
    [{ TEMPORAL_ADDRESS: '127.0.0.1:0' }, 'TEMPORAL_ADDRESS is host:port'],
    [{ TEMPORAL_TLS: 'yes' }, 'TEMPORAL_TLS is true or false, not "yes"'],
    [{ TEMPORAL_TLS_CLIENT_CERT_DATA: 'x' }, 'needs both'],
    [{ TEMPORAL_TLS_CLIENT_KEY_PATH: '/none/key' }, 'needs both'],
    [{ TEMPORAL_TLS_SERVER_CA_CERT_PATH: '/none/ca' }, '/none/ca'],
    [{ TEMPORAL_TLS_SERVER_CA_CERT_DATA: 'no PEM' }, 'TEMPORAL_TLS_SERVER_CA_CERT_PATH cannot be used'],
    [
      { TEMPORAL_TLS_CLIENT_CERT_DATA: 'no PEM', TEMPORAL_TLS_CLIENT_KEY_DATA: 'no PEM' },
      'TEMPORAL_TLS_CLIENT_CERT_PATH cannot be used',
    ],
  ])('refuse %j, which would pass unnoticed', (env, words) => {
    expect(() => settingsOf(env)).toThrow(SettingsError);
    expect(() => settingsOf(env)).toThrow(words);
  });
});

describe('files of Temporal that every user of the machine may read', () => {
  const warningsOf = async (env: Environment): Promise<string[]> => {
    const warnings: string[] = [];
    const hear = (warning: Error): unknown => warnings.push(warning.message);
    process.on('warning', hear);
    settingsOf(env);
    settingsOf(env);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', hear);
    return warnings;
  };
  const OPEN = 'and every user of this machine may read it: chmod 600 it.';

  it('are warned of once where they hold a private key', async () => {
    const { cert: certificate, key } = makeAuthority().issue(['us']);
    const folder = await tempFolder();
    const [cert, open, closed] = [join(folder, 'tls.crt'), join(folder, 'open.key'), join(folder, 'closed.key')];
    await Promise.all([writeFile(cert, certificate), writeFile(open, key), writeFile(closed, key, { mode: 0o640 })]);
    const env = { TEMPORAL_TLS_CLIENT_CERT_PATH: cert };
    expect(await warningsOf({ ...env, TEMPORAL_TLS_CLIENT_KEY_PATH: open })).toEqual([
      `${open} holds a private key for Temporal, ${OPEN}`,
    ]);
    expect(await warningsOf({ ...env, TEMPORAL_TLS_CLIENT_KEY_PATH: closed })).toEqual([]);
  });

  it('are warned of once where they hold an API key, named or in their usual place', async () => {
    const named = await written('[profile.default]\naddress = "a:1"\napi_key = "secret"\n');
    expect(await warningsOf({ TEMPORAL_CONFIG_FILE: named })).toEqual([
      `${named} holds an API key for Temporal, ${OPEN}`,
    ]);
    const folder = await tempFolder();
    const usual = join(folder, process.platform === 'darwin' ? 'Library/Application Support' : '', 'temporalio');
    await mkdir(usual, { recursive: true });
    const file = join(usual, 'temporal.toml');
    await writeFile(file, '[profile.cloud]\naddress = "a:1"\napi_key = "secret"\n');
    const place = { XDG_CONFIG_HOME: folder, HOME: folder };
    expect(await warningsOf({ ...place, TEMPORAL_PROFILE: 'cloud' })).toEqual([
      `${file} holds an API key for Temporal, ${OPEN}`,
    ]);
    await chmod(file, 0o600);
    expect(await warningsOf({ ...place, TEMPORAL_PROFILE: 'cloud' })).toEqual([]);
  });

  it('are not, where there is no secret in them', async () => {
    const file = await written('[profile.default]\naddress = "a:1"\n[profile.other]\napi_key = "secret"\n');
    expect(await warningsOf({ TEMPORAL_CONFIG_FILE: file, TEMPORAL_API_KEY: 'of the environment' })).toEqual([]);
  });
});

async function written(text: string): Promise<string> {
  const file = join(await tempFolder(), 'temporal.toml');
  await writeFile(file, text);
  return file;
}
