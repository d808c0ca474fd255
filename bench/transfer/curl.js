import { execFile } from 'node:child_process';
import { open, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** As large as an upload by curl is in one piece; our parts are smaller. */
const PART_BYTES = 64 * 1024 * 1024;

/** How long curl takes to put so many bytes into a file of Azure, part after part on one connection, in seconds. */
export async function curlUpload({ url, token }, path, bytes) {
  const body = JSON.stringify({ name: 'curl.csv', federationToken: true });
  const headers = { 'x-storageapi-token': token, 'content-type': 'application/json' };
  const answer = await fetch(`${url}/v2/storage/files/prepare`, { method: 'POST', headers, body });
  const { container, blobName, absCredentials } = (await answer.json()).absUploadParams;
  const [, endpoint, signature] = /BlobEndpoint=([^;]+);SharedAccessSignature=(.+)$/.exec(
    absCredentials.SASConnectionString,
  );
  const part = `${path}.curl-part`;
  const config = `${path}.curl`;
  await writeFile(part, await firstBytes(path, Math.min(bytes, PART_BYTES)));
  const parts = Array.from({ length: Math.ceil(bytes / PART_BYTES) }, (_, at) => {
    const blockId = encodeURIComponent(Buffer.from(String(at).padStart(10, '0')).toString('base64'));
    return `upload-file = "${part}"\nurl = "${endpoint}/${container}/${blobName}?${signature}&comp=block&blockid=${blockId}"\n`;
  });
  // What lets us in stays off the command line.
  await writeFile(config, parts.join(''));
  try {
    const seconds = await curl(['--config', config, '--header', 'Expect:']);
    return (seconds * bytes) / (parts.length * Math.min(bytes, PART_BYTES));
  } finally {
    await Promise.all([rm(part), rm(config)]);
  }
}

/** How long curl takes to fetch a file by its address. */
export async function curlDownload({ url, token }, fileId, path) {
  const headers = { 'x-storageapi-token': token };
  const file = await (await fetch(`${url}/v2/storage/files/${fileId}`, { headers })).json();
  const config = `${path}.curl`;
  await writeFile(config, `url = "${file.url}"\noutput = "${path}"\n`);
  try {
    return await curl(['--config', config]);
  } finally {
    await rm(config);
  }
}

async function curl(args) {
  const startedMs = performance.now();
  await promisify(execFile)('curl', ['--silent', '--show-error', '--fail', ...args]);
  return (performance.now() - startedMs) / 1_000;
}

async function firstBytes(path, bytes) {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer;
  } finally {
    await file.close();
  }
}
