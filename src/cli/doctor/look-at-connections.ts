import type { ConnectionReport } from '../../job/questions.js';
import type { ConnectionSettings } from '../../keboola/connection/connection.js';
import { reportOf, reportText } from '../../keboola/connection/connection-report.js';
import { Connections } from '../../keboola/connections.js';
import type { ProxySettings } from '../../keboola/http/proxy/proxies.js';
import { ConnectionRefused, ConnectionUnreachable } from '../../operate/connection-problem.js';

/** A look has a budget of its own: with the small one of jobs, a working connection could look unusable. */
const LOOK_REQUESTS_MAX = 20;

/**
 * Looks at each connection of a starting worker and reports on it. The look opens its own connections, so that it does
 * not use up the requests of jobs.
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

/** @throws ConnectionRefused or ConnectionUnreachable if a connection cannot be used. */
export function requireAll(reports: readonly ConnectionReport[]): void {
  const bad = reports.filter(({ project, problem }) => !project || problem !== undefined);
  if (bad.length === 0) return;
  const named = bad.map((report) => `${report.name}: ${reportText(report)}`).join('; ');
  const text = `The worker does not start (--strict): ${named}`;
  throw bad.every(({ unreachable }) => unreachable) ? new ConnectionUnreachable(text) : new ConnectionRefused(text);
}
