import type { ConnectionReport } from '../../job/questions.js';
import type { ConnectionSettings } from '../../keboola/connection/connection.js';
import { reportOf, reportText } from '../../keboola/connection/connection-report.js';
import { Connections } from '../../keboola/connections.js';
import type { ProxySettings } from '../../keboola/http/proxy/proxies.js';
import { ConnectionRefused, ConnectionUnreachable } from '../../operate/connection-problem.js';

/** A small budget of jobs must not let a connection that is well look as if it could not be used. */
const LOOK_REQUESTS_MAX = 20;

/**
 * Looks at each connection of a worker as it starts, and tells of each. Connections of their own: a look must not use up
 * the requests of jobs.
 *
 * @throws SettingsError.
 */
export async function lookAtConnections(
  settings: readonly ConnectionSettings[],
  proxy: ProxySettings,
  tell: (report: ConnectionReport) => void,
): Promise<ConnectionReport[]> {
  const connections = new Connections(
    settings.map((one) => ({ ...one, requestBurst: LOOK_REQUESTS_MAX })),
    { proxy },
  );
  try {
    const looks = connections.all().map(async (keboola) => {
      const report = await reportOf(keboola);
      tell(report);
      return report;
    });
    return await Promise.all(looks);
  } finally {
    await connections.close();
  }
}

/** @throws ConnectionRefused, ConnectionUnreachable where one cannot be used. */
export function requireAll(reports: readonly ConnectionReport[]): void {
  const bad = reports.filter(({ project, problem }) => !project || problem !== undefined);
  if (bad.length === 0) return;
  const named = bad.map((report) => `${report.name}: ${reportText(report)}`).join('; ');
  const text = `The worker does not start (--strict): ${named}`;
  throw bad.every(({ unreachable }) => unreachable) ? new ConnectionUnreachable(text) : new ConnectionRefused(text);
}
