import type { ConnectionReport } from '../../job/questions.js';
import type { ConnectionSettings } from '../../keboola/connection/connection.js';
import type { ProxySettings } from '../../keboola/http/proxy/proxies.js';
import { lookAtConnections } from './look-at-connections.js';

/** What a worker's command shows of its connections: at the start, and again where one is bad. */
export interface LooksAt {
  looked: Promise<ConnectionReport[]>;
  look: (names: readonly string[]) => Promise<ConnectionReport[]>;
}

/**
 * Looks at the connections of a worker that starts.
 *
 * @param tell is told of each one as soon as it has answered; later only of one that is well again.
 */
export function looksAt(
  connections: readonly ConnectionSettings[],
  proxy: ProxySettings,
  tell: (report: ConnectionReport) => void,
): LooksAt {
  const looked = lookAtConnections(connections, proxy, tell);
  // Not always awaited: a Keboola that does not answer now may do so later.
  looked.catch(() => undefined);
  const look = (names: readonly string[]): Promise<ConnectionReport[]> => {
    const some = connections.filter(({ name }) => names.includes(name));
    return lookAtConnections(some, proxy, (report) => report.project && tell(report));
  };
  return { looked, look };
}
