import type { Environment, Process, Processes } from './processes.js';

/**
 * Runs a command at a terminal of its own, shows what it writes, and closes the terminal when its own input ends; then it
 * says how the command has ended.
 */
const TERMINAL = `
import fcntl, os, pty, select, struct, sys, termios
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 50, 200, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])
while True:
    ready, _, _ = select.select([0, terminal], [], [])
    if 0 in ready:
        break
    try:
        os.write(1, os.read(terminal, 65536))
    except OSError:
        break
os.close(terminal)
_, status = os.waitpid(child, 0)
how = 'by signal %d' % os.WTERMSIG(status) if os.WIFSIGNALED(status) else 'with %d' % os.WEXITSTATUS(status)
print('\\nended', how, flush=True)
`;

/** A command at a terminal. */
export interface AtTerminal {
  process: Process;
  /** Closes the terminal. @returns how the command has ended: `with CODE`, or `by signal NUMBER`. */
  close(): Promise<string>;
}

export function startAtTerminal(processes: Processes, command: readonly string[], env: Environment = {}): AtTerminal {
  const process = processes.start('python3', ['-c', TERMINAL, ...command], env);
  return {
    process,
    async close() {
      const { stdout } = await process.input('').end();
      return /\nended (.*)\n$/.exec(stdout)?.[1] ?? stdout;
    },
  };
}
