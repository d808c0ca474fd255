import { parseAddress, placeKind, type PlaceKind } from '../temporal/address.js';
import type { Obstacle, Silence } from '../temporal/obstacle.js';

const START = 'Start everything on this machine with `keboola-temporal dev`, or set TEMPORAL_ADDRESS.';
const CHECK = 'Check TEMPORAL_ADDRESS (host:port, mostly port 7233), and whether a firewall or a VPN is in between.';
const CLOUD_ADDRESS =
  'Check TEMPORAL_ADDRESS: on Temporal Cloud NAMESPACE.ACCOUNT.tmprl.cloud:7233, or with an API key the address of the region.';
const CLIENT_CERTIFICATE = 'TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH';

/** Why Temporal cannot be reached, and what to do about it where it is. */
export function obstacleText(obstacle: Obstacle, address: string): { reason: string; advice: string } {
  const kind = placeKind(address);
  switch (obstacle.kind) {
    case 'wants-tls':
      return { reason: 'it speaks TLS, and these settings do not', advice: turnTlsOn(kind) };
    case 'speaks-no-tls':
      return {
        reason: 'it speaks no TLS, and these settings do',
        advice:
          'Set TEMPORAL_TLS=false, or unset TEMPORAL_TLS_* and TEMPORAL_API_KEY (also in the profile), which turn it on.',
      };
    case 'speaks-http':
      return {
        reason: 'a web server answers there, not Temporal',
        advice: 'Set TEMPORAL_ADDRESS to the port of its gRPC, mostly 7233; its Web UI has another one.',
      };
    case 'unknown-authority':
      return {
        reason: `its certificate is signed by nobody who is trusted here (${obstacle.detail})`,
        advice: 'Set TEMPORAL_TLS_SERVER_CA_CERT_PATH to the certificate of the authority that has signed it.',
      };
    case 'not-valid-now':
      return {
        reason: `its certificate is not valid today (${obstacle.detail})`,
        advice: "Renew the server's certificate, or set the clock of this machine right.",
      };
    case 'other-name':
      return otherName(obstacle.names, address);
    case 'wants-client-certificate':
      return { reason: 'it wants a client certificate', advice: giveCertificate(kind) };
    case 'hangs-up-after-handshake':
      return {
        reason: 'it hangs up right after the TLS handshake, as a server does that wants a client certificate',
        advice: giveCertificate(kind),
      };
    case 'refuses-client-certificate': {
      const expired = obstacle.expired === undefined ? '' : `, which has expired on ${obstacle.expired.slice(0, 10)}`;
      return {
        reason: `it refuses the client certificate${expired} (${obstacle.detail})`,
        advice: `Set ${CLIENT_CERTIFICATE} to one that is valid today and of an authority that the server knows.`,
      };
    }
    default:
      return { reason: silence(obstacle), advice: lookForIt(kind) };
  }
}

/** What to do where a server is not found at all. */
export function lookForIt(kind: PlaceKind): string {
  if (kind === 'this-machine') return START;
  return kind === 'temporal-cloud' ? CLOUD_ADDRESS : CHECK;
}

function silence({ kind, detail }: Silence): string {
  if (kind === 'nobody-listens') return 'nobody listens there';
  if (kind === 'unknown-host') return `no host of that name is known${detail === undefined ? '' : ` (${detail})`}`;
  if (kind === 'no-answer') return 'it does not answer';
  if (kind === 'hangs-up') return 'it hangs up without a word';
  return detail ?? 'unknown';
}

function turnTlsOn(kind: PlaceKind): string {
  if (kind === 'temporal-cloud') return `Set TEMPORAL_API_KEY, or ${CLIENT_CERTIFICATE}.`;
  return 'Set TEMPORAL_TLS=true, and TEMPORAL_TLS_SERVER_CA_CERT_PATH where its certificate is from an authority of your own.';
}

function giveCertificate(kind: PlaceKind): string {
  const set = `Set ${CLIENT_CERTIFICATE}`;
  if (kind !== 'temporal-cloud') return `${set}.`;
  return `${set}; with an API key (TEMPORAL_API_KEY) set TEMPORAL_ADDRESS to the address of the region instead.`;
}

function otherName(names: string, address: string): { reason: string; advice: string } {
  const host = parseAddress(address)?.host ?? address;
  return {
    reason: `its certificate is ${names === '' ? 'for another name' : `for ${names}`}, not for the name that was asked for`,
    advice: `Set TEMPORAL_ADDRESS or TEMPORAL_TLS_SERVER_NAME to a name of the certificate, instead of ${host}.`,
  };
}
