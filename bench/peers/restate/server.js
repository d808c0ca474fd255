import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { freePort } from '../../../dist/dev/ports.js';
import { startPeerServer } from '../run/peer-server.js';
import { versionOf } from '../run/tools.js';

/** The program itself, because the script around it would be one more process; npm has installed it. */
function restateServer() {
  const name = `@restatedev/restate-server-${platform()}-${arch()}/bin/restate-server`;
  return createRequire(import.meta.url).resolve(name);
}

/** A cluster of one node, as it comes; it tells nobody that it runs. */
export async function startServers({ processes, folder }) {
  const [ingressPort, adminPort, nodePort, servicePort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const command = restateServer();
  const env = {
    RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingressPort}`,
    RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${adminPort}`,
    RESTATE_BIND_ADDRESS: `127.0.0.1:${nodePort}`,
    RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${nodePort}/`,
    RESTATE_LISTEN_MODE: 'tcp',
    RESTATE_DISABLE_TELEMETRY: 'true',
    RESTATE_LOG_FILTER: 'warn',
    DO_NOT_TRACK: '1',
  };
  const args = ['--no-logo', '--base-dir', folder];
  const { pid } = await startPeerServer(processes, { command, args, env, port: ingressPort });
  return { pids: [pid], version: versionOf(command, ['--version']), order: { ingressPort, adminPort, servicePort } };
}
