// Writes a manual page for the program and for each command, made of what `--help` shows: part of `npm run build`.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createProgram } from '../dist/cli/program.js';
import { VERSION } from '../dist/operate/version.js';
import { pageOf } from './man-pages/page.js';

const TARGET = fileURLToPath(new URL('../dist/man/', import.meta.url));

const program = await createProgram(false);
const commands = [program, ...program.commands, ...program.commands.flatMap((command) => command.commands)];
await rm(TARGET, { recursive: true, force: true });
await mkdir(TARGET, { recursive: true });
for (const { file, text } of commands.map((command) => pageOf(command, VERSION))) {
  await writeFile(`${TARGET}${file}`, text);
}
