// Writes the table of docs/polling.md: `npm run polling-table`. A test holds the page to what this writes.
import { readFile, writeFile } from 'node:fs/promises';
import { addRun, nextDelayMs } from '../dist/job/wait/poll-schedule.js';
import { simulate } from './polling/simulate.js';
import { withTable } from './polling/table.js';

const PAGE = new URL('../docs/polling.md', import.meta.url);

await writeFile(PAGE, withTable(await readFile(PAGE, 'utf8'), simulate({ nextDelayMs, addRun })));
