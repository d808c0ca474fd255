import { readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Connection } from '../../../src/keboola/connection/connection.js';
import { readConnectionsFile } from '../../../src/keboola/connection/connections-file.js';
import { connectionsSchemas } from '../../../src/keboola/connection/connections-schema.js';
import { SettingsError } from '../../../src/input/settings-error.js';
import { readSettings } from '../../../src/settings.js';
import { tempFolder } from '../../support/temp-folder.js';

const TOKEN = '1134-53044-secretsecretsecret';
const nothing = (): undefined => undefined;

async function fileOf(content: unknown): Promise<string> {
  const path = join(await tempFolder(), 'connections.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function refusalOf(path: string): string {
  try {
    readConnectionsFile(path, nothing);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as Error).message;
  }
  throw new Error('it was taken');
}

describe('a file of connections', () => {
  it('names projects, each with its address and where its token is', async () => {
    const path = await fileOf({
      connections: {
        sales: { url: 'https://connection.keboola.com', tokenEnv: 'SALES_TOKEN', respectProjectLimit: false },
        lab: { url: 'http://lab', tokenFile: 'lab.token', allowHttpHosts: ['lab'], requestsPerSecond: 5, watch: true },
      },
    });
    const [sales, lab] = readConnectionsFile(path, (name) => (name === 'SALES_TOKEN' ? TOKEN : undefined));
    expect(sales).toMatchObject({ name: 'sales', url: 'https://connection.keboola.com', respectProjectLimit: false });
    expect(sales?.token()).toBe(TOKEN);
    expect(lab).toMatchObject({ name: 'lab', allowHttpHosts: ['lab'], requestsPerSecond: 5, watch: true });
  });

  it('reads a token file for every request, beside the file of connections, so that a renewed token is used', async () => {
    const path = await fileOf({ connections: { a: { url: 'https://k', tokenFile: 'secrets/a' } } });
    const [connection] = readConnectionsFile(path, nothing);
    expect(() => connection?.token()).toThrow(SettingsError);
    await mkdir(join(path, '../secrets'));
    await writeFile(join(path, '../secrets/a'), 'old');
    expect(connection?.token()).toBe('old');
    await writeFile(join(path, '../secrets/a'), 'new');
    expect(connection?.token()).toBe('new');
  });

  it.each([
    [0o644, 1],
    [0o604, 1],
    [0o640, 0],
    [0o600, 0],
  ])(
    'warns once of a token file of mode %o if every user may read it, and uses it: %i warnings',
    async (mode, times) => {
      const both = { a: { url: 'https://k', tokenFile: 'a' }, b: { url: 'https://k', tokenFile: 'a' } };
      const path = await fileOf({ connections: both });
      await writeFile(join(path, '../a'), TOKEN);
      await chmod(join(path, '../a'), mode);
      const warning = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
      try {
        const tokens = readConnectionsFile(path, nothing).flatMap(({ token }) => [token(), token()]);
        expect(tokens).toEqual([TOKEN, TOKEN, TOKEN, TOKEN]);
        expect(warning).toHaveBeenCalledTimes(times);
        expect(JSON.stringify(warning.mock.calls)).not.toContain('secretsecret');
      } finally {
        warning.mockRestore();
      }
    },
  );

  it('refuses a token that stands in it, says where it belongs, and does not repeat it', async () => {
    const message = refusalOf(await fileOf({ connections: { a: { url: 'https://k', token: TOKEN } } }));
    expect(message).toContain('connections.a.token');
    expect(message).toContain('tokenFile');
    expect(message).not.toContain('secretsecret');
  });

  it('names all that is wrong at once, each with its place', async () => {
    const message = refusalOf(
      await fileOf({ connections: { a: { tokenEnv: 'A B' }, b: { url: 7, tokenFile: 'b' } }, version: 2 }),
    );
    for (const place of ['connections.a.url', 'connections.a.tokenEnv', 'connections.b.url', 'version']) {
      expect(message).toContain(place);
    }
  });

  it('says all of it in words for people, with the fields by their names', async () => {
    const good = { url: 'https://connection.keboola.com', tokenEnv: 'T' };
    const connections = {
      a: { tokenEnv: 'T' },
      b: { ...good, api: 'syrap' },
      c: { ...good, requestsPerSecond: 0 },
      d: { ...good, tokenfile: 'x' },
      e: { ...good, url: 'http://10.0.0.1' },
      f: { ...good, allowHttpHosts: ['http://lab:80/'] },
      g: { ...good, tokenFile: 'f' },
      h: 7,
    };
    const message = refusalOf(await fileOf({ connections }));
    for (const words of [
      'connections.a.url: is missing; expected a text',
      'connections.b.api: expected "syrup" or "queue"',
      'connections.c.requestsPerSecond: is too small; at least 0.1',
      'connections.d.tokenfile: unknown field. Did you mean "tokenFile"?',
      'connections.e: http://10.0.0.1 is plain http to another machine',
      'in its allowHttpHosts',
      'connections.f: "http://lab:80/" is not the name of a host',
      'connections.g: say either "tokenFile" or "tokenEnv"',
      'connections.h: expected an object with fields, got a number',
    ]) {
      expect(message).toContain(words);
    }
    expect(message).not.toMatch(/Invalid|Unrecognized|Too small/);
  });

  it('refuses a file that names no connection', async () => {
    expect(refusalOf(await fileOf({ connections: {} }))).toContain('connections: names no connection');
  });

  it('refuses a connection without a token source, and one with two', async () => {
    const url = 'https://k';
    expect(refusalOf(await fileOf({ connections: { a: { url } } }))).toContain('either "tokenFile" or "tokenEnv"');
    const two = { url, tokenFile: 'f', tokenEnv: 'E' };
    expect(refusalOf(await fileOf({ connections: { a: two } }))).toContain('either "tokenFile" or "tokenEnv"');
  });

  it('says what is no JSON without quoting it, for it may be a token', async () => {
    const message = refusalOf(await fileOf(`{"connections": ${TOKEN}}`));
    expect(message).toContain('is not JSON');
    expect(message).not.toContain('secretsecret');
  });

  it('may have a byte order mark, as may the files of its tokens', async () => {
    const content = { connections: { a: { url: 'https://k', tokenFile: 'a.token' } } };
    const path = await fileOf(`\uFEFF${JSON.stringify(content)}`);
    await writeFile(join(path, '../a.token'), `\uFEFF${TOKEN}\r\n`);
    const [settings] = readConnectionsFile(path, nothing);
    expect(settings && new Connection(settings).token()).toBe(TOKEN);
  });

  it('says of a token file in UTF-16 how to save it', async () => {
    const path = await fileOf({ connections: { a: { url: 'https://k', tokenFile: 'a.token' } } });
    await writeFile(join(path, '../a.token'), Buffer.from(`\uFEFF${TOKEN}`, 'utf16le'));
    const [settings] = readConnectionsFile(path, nothing);
    expect(() => settings?.token()).toThrow('a.token is UTF-16; save it as UTF-8');
  });

  it.each([
    ['a name that is there twice', '"a":{"url":"https://a"},"a":{"url":"https://b"}', 'connections.a: appears twice'],
    ['a field that is there twice', '"a":{"url":"https://a","url":"https://b"}', 'connections.a.url: appears twice'],
    ['a number that cannot be kept', '"a":{"requestsPerSecond":1e400}', 'the number 1e400 cannot be kept exactly'],
  ])('is refused with its place for %s', async (_, entries, words) => {
    expect(refusalOf(await fileOf(`{"connections":{${entries}}}`))).toContain(words);
  });

  it('is not read when it is a folder, is missing, or is larger than a megabyte', async () => {
    expect(refusalOf(await tempFolder())).toContain('it is not a file');
    expect(refusalOf('/none/connections.json')).toContain('cannot be read');
    expect(refusalOf(await fileOf(' '.repeat(2_000_000)))).toContain('larger than 1048576 bytes');
  });

  it('has the JSON Schema that `npm run connections-schema` writes, in which no token has a place', () => {
    const [[name, schema] = ['', {}]] = Object.entries(connectionsSchemas());
    const text = readFileSync(new URL(`../../../docs/schemas/${name}`, import.meta.url), 'utf8');
    expect(JSON.parse(text)).toEqual(schema);
    expect(text).not.toContain('"token"');
  });
});

describe('the settings', () => {
  const profile = { XDG_CONFIG_HOME: '/none', APPDATA: '/none', HOME: '/none' };

  it('join the file with KBC_URL, and find the tokens of its variables', async () => {
    const path = await fileOf({ connections: { sales: { url: 'https://s', tokenEnv: 'SALES_TOKEN' } } });
    const env = { ...profile, KBC_CONNECTIONS_FILE: path, KBC_URL: 'https://k', KBC_TOKEN: 't', SALES_TOKEN: 's' };
    const { connections } = readSettings(env);
    expect(connections.map(({ name, token }) => [name, token()])).toEqual([
      ['default', 't'],
      ['sales', 's'],
    ]);
  });

  it('refuse a default connection that is named twice', async () => {
    const path = await fileOf({ connections: { default: { url: 'https://s', tokenEnv: 'S' } } });
    const env = { ...profile, KBC_CONNECTIONS_FILE: path, KBC_URL: 'https://k' };
    expect(() => readSettings(env)).toThrow('named twice');
  });
});
