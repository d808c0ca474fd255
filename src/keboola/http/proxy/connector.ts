import { buildConnector } from 'undici';
import { NotConnected } from '../transport-error.js';
import type { Proxies } from './proxies.js';
import { inAddress } from '../../../input/address.js';
import { openTunnel } from './tunnel.js';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Connects directly or through a proxy, once. We do not use undici's ProxyAgent, so that any failure on the way to
 * Keboola proves that nothing was sent, and only workflows retry.
 */
export function connectorThrough(proxies: Proxies): buildConnector.connector {
  const direct = buildConnector({ timeout: CONNECT_TIMEOUT_MS });
  return (options, callback) => {
    const told: buildConnector.Callback = (...[error, socket]) => {
      if (error) callback(new NotConnected('no connection', { cause: error }), null);
      else callback(null, socket);
    };
    const { protocol, hostname } = options;
    const port = Number(options.port) || (protocol === 'https:' ? 443 : 80);
    const proxy = proxies.for({ protocol, hostname, port });
    if (!proxy) {
      direct(options, told);
      return;
    }
    openTunnel(proxy, `${inAddress(hostname)}:${port}`, CONNECT_TIMEOUT_MS).then(
      (tunnel) => {
        if (protocol === 'https:') direct({ ...options, httpSocket: tunnel }, told);
        else told(null, tunnel);
      },
      (error: unknown) => callback(new NotConnected('no connection', { cause: error }), null),
    );
  };
}
