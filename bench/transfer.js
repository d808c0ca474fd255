// Tables of 2 GB into Storage and out of it, at each provider: whether they come back as they were, how much memory that takes
// the process that moves them, and how fast it is beside curl at a store that is limited to 100 MB/s.
//
//   npm run bench:transfer
//   npm run bench:transfer -- --megabytes 200 --providers aws,gcp     for a busy machine
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process, { stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { freePort } from '../dist/dev/ports.js';
import { Helper } from './processes/helper.js';
import { within } from './processes/within.js';
import { curlDownload, curlUpload } from './transfer/curl.js';
import { digestOf, writeTable } from './transfer/table.js';

const LIMIT_BYTES_PER_SECOND = 100e6;
const SHARE_OF_CURL_MIN = 0.9;
const GROWTH_BYTES_MAX = 100e6;
const TIME_MS_MAX = 40 * 60_000;
/** Loads the code and opens what a first transfer opens. */
const WARM_BYTES = 20e6;
const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '2000' },
    providers: { type: 'string', default: 'aws,azure,gcp' },
  },
});

const folder = await mkdtemp(join(tmpdir(), 'keboola-transfer-'));
const [table, back, small] = ['table.csv', 'back.csv', 'small.csv'].map((name) => join(folder, name));
const closing = [];
/** Reject when a process ends that should not. */
const endings = [];
try {
  const isMet = await within(TIME_MS_MAX, Promise.race([measure(), ...endings]));
  process.exitCode = isMet ? 0 : 1;
} finally {
  for (const close of closing.reverse()) await close();
  await rm(folder, { recursive: true, force: true });
}
process.exit();

async function measure() {
  const written = await writeTable(table, Number(values.megabytes) * 1e6);
  await writeTable(small, WARM_BYTES);
  written.digest = await digestOf(table);
  const port = await freePort();
  const limitedUrl = await helper('limited.js', [String(port), String(LIMIT_BYTES_PER_SECOND)]).hear();
  const keboola = helper('keboola.js', [limitedUrl, String(port), String(written.bytes)]);
  const [free, limited] = await keboola.hear();
  stdout.write(`node ${process.version}, a table of ${inMegabytes(written.bytes)} MB and ${written.rows} rows\n`);
  let isMet = true;
  for (const provider of values.providers.split(',')) {
    await keboola.ask(provider);
    isMet = (await measureProvider(provider, { written, free, limited, keboola })) && isMet;
  }
  return isMet;
}

async function measureProvider(provider, { written, free, limited, keboola }) {
  stderr.write(`${provider} …\n`);
  const mover = helper('mover.js');
  await roundTrip(mover, free, small);
  const { rssBytesMax: before } = await mover.ask({ ...free, upload: true, path: small });
  const unlimited = await roundTrip(mover, free, table, written);
  await keboola.ask(provider);
  const slow = await roundTrip(mover, limited, table, written);
  const curlOut = await curlDownload(limited, slow.fileId, back);
  await keboola.ask('azure');
  const curlIn = await curlUpload(limited, table, written.bytes);
  await mover.stop();
  const growth = Math.max(unlimited.rssBytesMax, slow.rssBytesMax) - before;
  return report(provider, written.bytes, { unlimited, slow, curlIn, curlOut, growth });
}

/** @throws when what has come back is not what has gone in. */
async function roundTrip(mover, keboola, path, written) {
  const { fileId, rows, seconds: inSeconds, rssBytesMax } = await mover.ask({ ...keboola, upload: true, path });
  const out = await mover.ask({ ...keboola, download: fileId, path: back });
  if (written && (rows !== written.rows || (await digestOf(back)) !== written.digest)) {
    throw new Error(`what has come back is another table than what has gone in, or ${rows} are not its rows`);
  }
  return { fileId, inSeconds, outSeconds: out.seconds, rssBytesMax: Math.max(rssBytesMax, out.rssBytesMax) };
}

function report(provider, bytes, { unlimited, slow, curlIn, curlOut, growth }) {
  const rate = (seconds) => `${inMegabytes(bytes / seconds)} MB/s`;
  const shares = [curlIn / slow.inSeconds, curlOut / slow.outSeconds];
  const isFast = shares.every((share) => share >= SHARE_OF_CURL_MIN);
  const isSmall = growth < GROWTH_BYTES_MAX;
  const [inShare, outShare] = shares.map((share) => share.toFixed(2));
  stdout.write(
    `${provider}: came back as it was; in ${rate(unlimited.inSeconds)}, out ${rate(unlimited.outSeconds)} without a limit; ` +
      `limited to ${inMegabytes(LIMIT_BYTES_PER_SECOND)} MB/s: in ${rate(slow.inSeconds)} (curl ${rate(curlIn)}, share ${inShare}), ` +
      `out ${rate(slow.outSeconds)} (curl ${rate(curlOut)}, share ${outShare}; bar: ${SHARE_OF_CURL_MIN}, ${verdict(isFast)}); ` +
      `memory grew by ${inMegabytes(growth)} MB (bar: ${inMegabytes(GROWTH_BYTES_MAX)} MB, ${verdict(isSmall)})\n`,
  );
  return isFast && isSmall;
}

function helper(file, args = []) {
  const started = new Helper(`../transfer/${file}`, { args });
  closing.push(() => started.stop());
  endings.push(started.ended);
  return started;
}

function inMegabytes(bytes) {
  return Math.round(bytes / 1e6);
}

function verdict(isMet) {
  return isMet ? 'met' : 'missed';
}
