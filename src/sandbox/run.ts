import type { ControlledClock } from './clock.js';
import type { SandboxOptions } from './options.js';
import { startSandbox } from './start.js';
import type { Sandbox } from './start.js';

/**
 * Starts a sandbox for a command line and prints one line of JSON once it answers: `{"url","token"}`, and `key` when other
 * machines may call it. The caller closes it.
 */
export async function runSandbox(
  options: SandboxOptions<never>,
  print: (line: string) => void,
): Promise<Sandbox<ControlledClock>> {
  const sandbox = await startSandbox(options);
  const { url, token, key } = sandbox;
  print(JSON.stringify({ url, token, ...(key === undefined ? {} : { key }) }));
  return sandbox;
}
