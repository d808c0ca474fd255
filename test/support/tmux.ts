import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from './eventually.js';
import type { Environment } from './processes.js';
import { tempFolder } from './temp-folder.js';

export interface PaneSize {
  columns: number;
  rows: number;
}

/** A real terminal with one command in it, seen as a person sees it. */
export interface Pane {
  /** What is on the screen, without what is blank at its end; a line that the terminal had to break is one line of it. */
  screen(): Promise<string[]>;
  /** How many lines have left the screen at its top. */
  linesScrolledAway(): Promise<number>;
  /** What stands on the terminal once the command has ended, also above the screen, and by which code it has ended. */
  ended(): Promise<{ lines: string[]; code: number }>;
  /** Presses keys, as tmux names them: `C-c`. */
  press(...keys: string[]): Promise<void>;
  close(): Promise<void>;
}

const run = promisify(execFile);
/** What is above the screen is kept that far. */
const HISTORY_LINES = '5000';

/** Stays when the command is over, also by Ctrl-C, since the screen would go with it. */
const AND_STAY = 'trap : INT; "$@"; echo "ended with $?"; tmux -S "$0" wait-for -S over; exec sleep 600';

/**
 * Starts a command in a terminal of that size, on a tmux server of its own.
 *
 * @param env all that the command gets, but what a terminal sets.
 * @throws Error that says so where there is no tmux.
 */
export async function openPane(
  command: readonly string[],
  { columns, rows }: PaneSize,
  env: Environment,
): Promise<Pane> {
  const socket = join(await tempFolder(), 'tmux');
  const server = ['-S', socket, '-f', '/dev/null'];
  const tmux = async (...args: string[]): Promise<string> => (await run('tmux', [...server, ...args])).stdout;
  const variables = Object.entries({ ...env, TERM: 'screen-256color' }).map(([name, value]) => `${name}=${value}`);
  const inPane = ['env', '-i', ...variables, 'sh', '-c', AND_STAY, socket, ...command];
  await tmux(
    'start-server',
    ';',
    'set-option',
    '-g',
    'history-limit',
    HISTORY_LINES,
    ';',
    'set-option',
    '-g',
    'status',
    'off',
    ';',
    'new-session',
    '-d',
    '-x',
    String(columns),
    '-y',
    String(rows),
    '--',
    ...inPane,
  ).catch((error: unknown) => {
    throw new Error('This test needs tmux (Debian: apt-get install tmux).', { cause: error });
  });
  const linesOf = async (...range: string[]): Promise<string[]> => {
    const text = await tmux('capture-pane', '-p', '-J', ...range);
    const lines = text.trimEnd().split('\n');
    return lines.map((line) => line.trimEnd());
  };
  return {
    screen: () => linesOf(),
    linesScrolledAway: async () => Number(await tmux('display-message', '-p', '#{history_size}')),
    async ended() {
      // Bounded by the time limit of the test; it is known also when it was over before.
      await tmux('wait-for', 'over');
      return await eventually(async () => {
        const lines = await linesOf('-S', '-');
        // The terminal shows Ctrl-C where the cursor is, which may be at the beginning of this line.
        const [, code] = /^(?:\^C)*ended with (\d+)$/.exec(lines.at(-1) ?? '') ?? [];
        if (code === undefined) throw new Error(`It has not ended:\n${lines.join('\n')}`);
        return { lines: lines.slice(0, -1), code: Number(code) };
      });
    },
    async press(...keys) {
      await tmux('send-keys', ...keys);
    },
    async close() {
      await tmux('kill-server').catch(() => undefined);
    },
  };
}
