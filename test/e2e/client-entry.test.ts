import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** What a fresh process has loaded after this: packages of CommonJS, as all of the SDK are, and native libraries. */
const LOADED = `
const packageOf = (file) => (/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(file) ?? [])[1];
const { sharedObjects } = process.report.getReport();
const packages = [...new Set(Object.keys(require.cache).map(packageOf))].filter(Boolean);
console.log(JSON.stringify({ packages, native: sharedObjects.filter((file) => file.endsWith('.node')).map(packageOf) }));
`;

async function loadedAfter(statement: string): Promise<{ packages: string[]; native: string[] }> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', `${statement}.then(() => {${LOADED}})`]);
  return JSON.parse(stdout) as { packages: string[]; native: string[] };
}

const HEAVY = ['@temporalio/worker', '@temporalio/core-bridge', 'webpack', '@swc/core'];

it.each([
  ['import', "import('keboola-temporal/client')"],
  ['require', "Promise.resolve(require('keboola-temporal/client'))"],
])('the client, by %s, loads neither worker nor bundler nor native bridge', async (_, statement) => {
  const { packages, native } = await loadedAfter(statement);
  expect(packages).toContain('@temporalio/client');
  expect(packages.filter((name) => HEAVY.includes(name))).toEqual([]);
  expect(native).toEqual([]);
});

it('the whole package does load them, so that this would be seen', async () => {
  const { packages, native } = await loadedAfter("import('keboola-temporal')");
  expect(packages).toEqual(expect.arrayContaining(['@temporalio/worker', '@temporalio/core-bridge']));
  expect(native).toContain('@temporalio/core-bridge');
});

it('a class is the same, whichever way and through whichever entry it was loaded', async () => {
  const same = `
    const here = require('keboola-temporal');
    const client = require('keboola-temporal/client');
    import('keboola-temporal').then((there) => console.log(
      [there, client].every((all) => all.InvalidInputError === here.InvalidInputError && here.InvalidInputError !== undefined),
    ));`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['-e', same]);
  expect({ stdout, stderr }).toEqual({ stdout: 'true\n', stderr: '' });
});
