// The Keboolas of the bench of transfers: one as fast as it can be, and one that is reached by an address with a limit.
// Each message names a provider, for whose files all others are forgotten.
//
//   keboola.js LIMITED_URL LIMITED_PORT BYTES
import process, { argv } from 'node:process';
import { startSandbox } from '../../dist/sandbox/index.js';

process.on('disconnect', () => process.exit());
const [, , publicUrl, port, bytes] = argv;
const settings = { storageBytesMax: 4 * Number(bytes) };
const sandboxes = await Promise.all([
  startSandbox(settings),
  startSandbox({ ...settings, publicUrl, port: Number(port) }),
]);
process.on('message', async (fileProvider) => {
  for (const sandbox of sandboxes) {
    sandbox.reset();
    await sandbox.settings({ fileProvider });
  }
  process.send({});
});
process.send(sandboxes.map(({ url, token }) => ({ url, token })));
