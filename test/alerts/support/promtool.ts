import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const HOW_TO_GET_IT = 'install Prometheus, on Debian `apt-get install prometheus`; its service is not needed';

/**
 * Runs a program of Prometheus to its end.
 *
 * @returns what it has written.
 * @throws Error with what it has written, or with how to get it.
 */
export async function runPrometheusTool(command: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run(command, args);
    return stdout + stderr;
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (code === 'ENOENT') throw new Error(`There is no ${command}: ${HOW_TO_GET_IT}.`, { cause: error });
    throw new Error(`${command} ${args.join(' ')}:\n${stdout}${stderr}`, { cause: error });
  }
}
