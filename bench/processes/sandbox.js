// The Keboolas of a bench, in a process of their own, so that their memory and CPU time are not the worker's.
//
//   sandbox.js COUNT [SPEED]
import process, { argv } from 'node:process';
import { startSandbox } from '../../dist/sandbox/index.js';

process.on('disconnect', () => process.exit());
const [, , count, speed = '1'] = argv;
const settings = { workers: 100_000, parallelLimit: 'off', speed: Number(speed) };
const sandboxes = await Promise.all(Array.from({ length: Number(count) }, () => startSandbox(settings)));
process.send(sandboxes.map(({ url, token }) => ({ url, token })));
