import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../src/sandbox/index.js';
import { causeOf } from '../../support/pipeline-lab.js';
import { CSV, StorageLab, TABLE } from '../../support/storage-lab.js';
import { tempFolder } from '../../support/temp-folder.js';

/** An attempt asks for new credentials twice. */
const ATTEMPTS = 5;
const RENEWALS = 2;

/** How each provider refuses credentials. */
const REFUSALS = {
  azure: { status: 403, html: '<Error><Code>AuthenticationFailed</Code></Error>' },
  aws: { status: 400, html: '<Error><Code>ExpiredToken</Code></Error>' },
  gcp: { status: 401, json: { error: { errors: [{ reason: 'authError' }] } } },
} satisfies Record<string, Omit<FaultInput, 'route'>>;
const CODES = { azure: 'AuthenticationFailed', aws: 'ExpiredToken', gcp: 'authError' };
const PROVIDERS = ['azure', 'aws', 'gcp'] as const;

let lab: StorageLab;
let folder: string;

beforeAll(async () => {
  folder = await tempFolder();
  await writeFile(join(folder, 'orders.csv'), CSV);
  const transfer = { patience: { attemptsMax: 4, pauseMs: 1 } };
  lab = await StorageLab.open({ files: { folder }, transfer });
});
beforeEach(() => lab.reset());
afterAll(() => lab.close());

const refused = (fileProvider: (typeof PROVIDERS)[number]): object => ({
  type: 'ProtocolError',
  message: expect.stringMatching(
    new RegExp(`^The file store refused the credentials that Keboola issued: .*${CODES[fileProvider]}`),
  ) as string,
});

describe.each(PROVIDERS)('credentials of %s that end at once', (fileProvider) => {
  it.each([
    ['a file of the worker', { file: 'orders.csv' }, RENEWALS],
    ['rows of the input', { csv: CSV }, 0],
  ])('end an upload of %s after a few attempts, and nothing of it is left', async (_, source, renewals) => {
    await lab.sandbox.settings({ fileProvider });
    lab.sandbox.faults.add({ route: 'upload', times: 'always', ...REFUSALS[fileProvider] });
    const cause = await causeOf(await lab.start('importTable', { table: TABLE, source }));
    expect(cause).toMatchObject(refused(fileProvider));
    expect(cause.message).not.toContain('token of the worker');
    expect(lab.sandbox.counters.requests).toMatchObject({
      filePrepare: ATTEMPTS,
      fileRefresh: ATTEMPTS * renewals,
      tableCreate: 0,
      upload: ATTEMPTS * (1 + renewals),
    });
    const deleted = lab.sandbox.requests.filter(({ route, status }) => route === 'fileDelete' && status === 204);
    expect(deleted).toHaveLength(ATTEMPTS);
  });

  it.each([
    ['into the result', {}],
    ['into a file of the worker, without a half file', { to: { file: 'out.csv' } }],
  ])('end a download %s after a few attempts', async (_, to) => {
    await lab.makeTable();
    await lab.sandbox.settings({ fileProvider });
    lab.sandbox.faults.add({ route: 'download', times: 'always', ...REFUSALS[fileProvider] });
    const cause = await causeOf(await lab.start('exportTable', { table: TABLE, ...to }));
    expect(cause).toMatchObject(refused(fileProvider));
    expect(cause.message).not.toContain('token of the worker');
    expect(lab.sandbox.counters.requests.tableExport).toBe(1);
    expect(await readdir(folder)).toEqual(['orders.csv']);
  });
});

it('a slice that is gone, of which AWS says only that it may not be read, ends an export', async () => {
  await lab.makeTable();
  await lab.sandbox.settings({ fileProvider: 'aws', slicedExports: true });
  const html = '<Error><Code>AccessDenied</Code></Error>';
  // The manifest is there each time, and what it names is not.
  for (let call = 2; call <= 30; call += 1) {
    const isManifest = (call - 1) % (2 + RENEWALS) === 0;
    if (!isManifest) lab.sandbox.faults.add({ route: 'download', call, status: 403, html });
  }
  const cause = await causeOf(await lab.start('exportTable', { table: TABLE, to: { file: 'out.csv' } }));
  expect(cause).toMatchObject({
    type: 'ProtocolError',
    message: expect.stringMatching(/answered 403: AccessDenied\. The store may give the same answer/) as string,
  });
  expect(await readdir(folder)).toEqual(['orders.csv']);
});

it('a manifest that names another account ends an export, and nothing half is left', async () => {
  await lab.sandbox.settings({ fileProvider: 'azure', slicedExports: true });
  await lab.makeTable();
  const json = { entries: [{ url: 'azure://elsewhere.blob.core.windows.net/c/f.csv_0' }] };
  lab.sandbox.faults.add({ route: 'download', times: 'always', status: 200, json });
  const cause = await causeOf(await lab.start('exportTable', { table: TABLE, to: { file: 'out.csv' } }));
  expect(cause).toMatchObject({
    type: 'ProtocolError',
    message: expect.stringContaining("names a place that is not the file's own") as string,
  });
  expect(lab.sandbox.counters.requests.download).toBe(ATTEMPTS);
  expect(await readdir(folder)).toEqual(['orders.csv']);
});
