import { assertCanListen, assertPortFree } from '../../dev/ports.js';
import { UsageError } from '../exit/usage-error.js';
import type { WorkerCommandOptions } from '../options/worker-options.js';

/** Who probably holds a port of ours. */
const likely = 'another worker';

/**
 * Fails before anything has begun where probes or metrics could not be served: Temporal's own server of metrics would only tell
 * it into the log, and go on without.
 *
 * @throws UsageError where both are one port, PortInUseError, CannotListenError.
 */
export async function requirePorts(options: WorkerCommandOptions): Promise<void> {
  const { healthPort, healthHost, metricsPort, metricsHost } = options;
  if (healthPort && healthPort === metricsPort) {
    throw new UsageError(`--health-port and --metrics-port are both ${healthPort}; give each a port of its own.`);
  }
  await requirePort(healthPort, healthHost, 'health');
  await requirePort(metricsPort, metricsHost, 'metrics');
}

/** 0 is any that is free. */
async function requirePort(port: number | undefined, host: string, what: 'health' | 'metrics'): Promise<void> {
  if (port === undefined) return;
  const use = { likely, option: `--${what}-port`, hostOption: `--${what}-host` };
  if (port !== 0) await assertPortFree(port, use);
  await assertCanListen(port, host, use);
}
