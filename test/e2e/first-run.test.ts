import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type FixtureInput, type Sandbox } from '../../src/sandbox/index.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { tempFolder } from '../support/temp-folder.js';

type FixtureToken = NonNullable<FixtureInput['projects']>[number]['tokens'][number];

const HTTP = 'keboola.ex-http';
const TOKENS: Record<string, Partial<FixtureToken>> = {
  developer: { role: 'developer' },
  plain: { role: 'none', canCreateJobs: false },
  reader: { role: 'readOnly' },
  narrow: { role: 'productionManager', components: ['keboola.ex-db-mysql'] },
  manager: { role: 'productionManager' },
};
const CONNECTIONS = [...Object.keys(TOKENS), 'stranger'];
/** Of a project on Syrup, to which a connection speaks Queue v2. */
const FORCED = { tokenEnv: 'FORCED', api: 'queue' };

const PAGE = readFileSync(new URL('../../docs/first-run.md', import.meta.url), 'utf8');

let lab: CliLab;
let sandbox: Sandbox;

beforeAll(async () => {
  lab = await openCliLab();
  sandbox = await startSandbox({
    fixture: {
      projects: [
        {
          id: 9,
          name: 'Shop',
          features: ['queuev2', 'protected-default-branch'],
          tokens: Object.entries(TOKENS).map(([name, token], at) => ({
            ...token,
            token: `9-${name}`,
            id: `${at + 1}`,
            description: name,
          })),
          configurations: [
            { component: HTTP, id: '12345' },
            { component: HTTP, id: '67890', isDisabled: true },
          ],
        },
      ],
    },
  });
  const file = join(await tempFolder(), 'connections.json');
  const connections = Object.fromEntries(
    CONNECTIONS.map((name) => [name, { url: sandbox.url, tokenEnv: `TOKEN_OF_${name.toUpperCase()}` }]),
  );
  const tokens = Object.fromEntries(CONNECTIONS.map((name) => [`TOKEN_OF_${name.toUpperCase()}`, `9-${name}`]));
  const forced = { url: lab.sandbox.url, ...FORCED };
  await writeFile(file, JSON.stringify({ connections: { ...connections, forced } }));
  await lab.startWorker({ ...tokens, FORCED: CANARY_TOKEN, KBC_CONNECTIONS_FILE: file, KBC_URL: '' });
});
afterAll(async () => {
  await lab.close();
  await sandbox.close();
});

/** What one who reads the page would see: connections and variables are called as there, and each exception is another. */
function asOnThePage(printed: string, connection: string): string {
  return printed
    .replaceAll(/exception id [\w-]+/g, 'exception id …')
    .replaceAll(`connection ${connection}`, 'connection default')
    .replaceAll(`TOKEN_OF_${connection.toUpperCase()}`, 'KBC_TOKEN');
}

/** The block of text below a heading of the page. */
function documented(heading: string): string {
  const section = PAGE.split(/^### /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return /```text\n([\s\S]*?)\n```/.exec(section)?.[1] ?? `nothing below "${heading}"`;
}

describe.concurrent('docs/first-run.md tells what is printed, when', () => {
  it.each([
    ['The role may only read', 'reader', '12345'],
    ['The default branch is protected', 'developer', '12345'],
    ['The token may not create jobs', 'plain', '12345'],
    ['The token has no access to the component', 'narrow', '12345'],
    ['The configuration is disabled', 'manager', '67890'],
    ['The configuration does not exist', 'manager', '12346'],
    ['The project is on the other job API', 'forced', 'success'],
  ])('%s', async (heading, connection, config) => {
    const { code, stderr } = await lab.run(['-c', connection, 'run', HTTP, config]);
    expect(asOnThePage(stderr, connection).split('\n')).toContain(documented(heading));
    expect(code).toBe(2);
  });

  it('The token is of another stack', async () => {
    const { code, stdout } = await lab.run(['-c', 'stranger', 'doctor']);
    expect(asOnThePage(stdout, 'stranger')).toContain(documented('The token is of another stack'));
    expect(code).toBe(1);
  });

  it('The token is a programmatic one', async () => {
    const secret = 'kbc_pat_secretSecretSecret';
    const { code, stderr } = await lab.run(['worker'], { KBC_URL: sandbox.url, KBC_TOKEN: secret });
    expect([code, stderr.trim()]).toEqual([2, documented('The token is a programmatic one')]);
    expect(stderr).not.toContain('secretSecret');
  });
});

it('a job that Keboola has refused for such a reason goes another way as the sentence says', async () => {
  const ways = [
    ['developer', '12345', '--branch', '7'],
    ['manager', '67890', '--force-run'],
  ];
  for (const [connection = '', config = '', ...way] of ways) {
    expect(await lab.run(['-c', connection, 'run', HTTP, config, ...way])).toMatchObject({ code: 0 });
  }
});
