import { assertCanListen, assertPortFree } from '../../dev/ports.js';
import { UsageError } from '../exit/usage-error.js';
import type { WorkerCommandOptions } from '../options/worker-options.js';

/** Who probably holds a port that is taken. */
const likely = 'another worker';

/**
 * Fails before anything has begun if probes or metrics could not be served: Temporal's own metrics server would only
 * log that, and go on without.
 *
 * @throws UsageError if both have the same port; PortInUseError, CannotListenError.
 */
export async function requirePorts(options: WorkerCommandOptions): Promise<void> {
  const { healthPort, healthHost, metricsPort, metricsHost } = options;
  if (healthPort && healthPort === metricsPort) {
    throw new UsageError(`--health-port and --metrics-port are both ${healthPort}; give each a port of its own.`);
  }
  await requirePort(healthPort, healthHost, 'health');
  await requirePort(metricsPort, metricsHost, 'metrics');
}

/** Port 0 means any free port. */
async function requirePort(port: number | undefined, host: string, what: 'health' | 'metrics'): Promise<void> {
  if (port === undefined) return;
  const use = { likely, option: `--${what}-port`, hostOption: `--${what}-host` };
  if (port !== 0) await assertPortFree(port, use);
  await assertCanListen(port, host, use);
}
