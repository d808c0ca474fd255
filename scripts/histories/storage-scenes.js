// Scenes of Storage for record-histories.js.

const TABLE = 'in.c-main.orders';
const CSV = 'id,price\n1,10\n2,20\n';
const importing = { workflow: 'importTable', input: { table: TABLE, source: { csv: CSV } } };

export const storageScenes = {
  'storage-workspace': {
    workflow: 'runStorageJob',
    input: { method: 'POST', path: 'workspaces?async=true', body: { backend: 'snowflake' } },
  },
  'storage-canceled': {
    workflow: 'runStorageJob',
    input: { method: 'POST', path: 'dev-branches', body: { name: 'recorded' } },
    before: (sandbox) => sandbox.faults.add({ route: 'branchCreate', jobSeconds: 3_000 }),
    during: async ({ handle }) => {
      await handle.executeUpdate('waitForCreated');
      await handle.cancel();
    },
  },
  'import-created': { ...importing, before: makeBucket },
  'import-adopted': {
    ...importing,
    before: async (sandbox) => {
      await makeBucket(sandbox);
      sandbox.faults.add({ route: 'tableCreate', reset: 'after' });
    },
  },
  'import-failed': {
    ...importing,
    before: async (sandbox) => {
      await makeBucket(sandbox);
      sandbox.faults.add({ route: 'tableCreate', jobFails: { code: 'internalError' } });
    },
  },
  'export-whole': {
    workflow: 'exportTable',
    input: { table: TABLE },
    before: (sandbox) => makeTable(sandbox, CSV),
  },
  'export-too-large': {
    workflow: 'exportTable',
    input: { table: TABLE },
    before: (sandbox) => makeTable(sandbox, `id,text\n${`1,${'x'.repeat(1_000)}\n`.repeat(1_100)}`),
  },
  'pipeline-of-storage': {
    workflow: 'runPipeline',
    input: {
      name: 'recorded',
      phases: [
        { name: 'in', tasks: [{ import: importing.input }] },
        { name: 'out', tasks: [{ export: { table: TABLE } }] },
      ],
    },
    before: makeBucket,
  },
};

async function call(sandbox, path, body) {
  const headers = { 'x-storageapi-token': sandbox.token };
  const answer = await fetch(`${sandbox.url}/v2/storage/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return await answer.json();
}

async function makeBucket(sandbox) {
  await call(sandbox, 'buckets', { name: 'main', stage: 'in' });
}

/** Without any workflow, and at once. */
async function makeTable(sandbox, csv) {
  await makeBucket(sandbox);
  const file = await call(sandbox, 'files/prepare', { name: 'orders.csv', federationToken: true });
  const { container, absCredentials } = file.absUploadParams;
  const [, endpoint, signature] = /BlobEndpoint=(.*);SharedAccessSignature=(.*)/.exec(
    absCredentials.SASConnectionString,
  );
  await fetch(`${endpoint}/${container}/orders.csv?${signature}`, {
    method: 'PUT',
    headers: { 'x-ms-blob-type': 'BlockBlob' },
    body: csv,
  });
  await sandbox.settings({ storageQueueSeconds: 0, storageJobSeconds: 0 });
  await call(sandbox, 'buckets/in.c-main/tables-async', { name: 'orders', dataFileId: file.id });
  await sandbox.settings({ storageQueueSeconds: 0.5, storageJobSeconds: 2 });
}
