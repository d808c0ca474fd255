// The Keboolas of `npm run bench:memory`, in a process of their own, so that their memory is not the worker's.
import process, { argv } from 'node:process';
import { startSandbox } from '../../dist/sandbox/index.js';

process.on('disconnect', () => process.exit());
const settings = { workers: 100_000, parallelLimit: 'off' };
const sandboxes = await Promise.all(Array.from({ length: Number(argv[2]) }, () => startSandbox(settings)));
process.send(sandboxes.map(({ url, token }) => ({ url, token })));
