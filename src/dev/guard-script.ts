/** What the guard is told, as JSON in its first argument. */
export interface GuardOrder {
  command: string;
  args: readonly string[];
  cwd?: string;
  /** Added to the guard's own environment. */
  env: Record<string, string>;
  /** Time between SIGTERM and SIGKILL; 0 kills at once. */
  graceMs: number;
}

/** What the guard tells us: first how the start went, later how it ended. */
export type GuardMessage =
  | { kind: 'started'; pid: number }
  | { kind: 'failed'; reason: string }
  | { kind: 'ended'; code: number | null; signal: string | null };

/**
 * The guard: a Node program of its own that runs one command and ends it when we are gone.
 *
 * It is text because it has to run by plain `node`, from sources and from a build alike. It stands outside our process
 * group, so Ctrl-C in a terminal does not reach it, and it notices our death, even by kill -9, because the kernel then
 * closes the channel between us. The command gets a group of its own again, so that what it starts ends with it.
 */
export const guardScript = `
'use strict';
const { spawn } = require('node:child_process');
const { command, args, cwd, env, graceMs } = JSON.parse(process.argv[1]);
let ending = false;
const child = spawn(command, args, {
  cwd, env: { ...process.env, ...env }, detached: true, stdio: ['ignore', 'inherit', 'inherit'],
});
function tell(message, then = () => {}) {
  if (process.connected) process.send(message, () => then());
  else then();
}
function signal(name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // The group is gone already.
  }
}
function end() {
  if (ending || child.pid === undefined) return;
  ending = true;
  if (graceMs > 0) {
    signal('SIGTERM');
    setTimeout(() => signal('SIGKILL'), graceMs);
  } else signal('SIGKILL');
}
process.on('disconnect', end);
process.on('message', end);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, end);
child.on('spawn', () => tell({ kind: 'started', pid: child.pid }));
child.on('error', (error) => tell({ kind: 'failed', reason: error.message }, () => process.exit(127)));
child.on('exit', (code, signalName) => {
  signal('SIGKILL');
  tell({ kind: 'ended', code, signal: signalName }, () => process.exit(0));
});
`;
