import { parseAddress, placeKind, type PlaceKind } from '../temporal/address.js';
import type { Obstacle, Silence } from '../temporal/obstacle.js';
import type { TemporalSettings } from '../temporal/profile.js';
import { placeOf } from '../temporal/said-by.js';

/** Whom we speak to, and where that was set. */
export type Reached = Pick<TemporalSettings, 'address' | 'saidBy'>;

const CLIENT_CERTIFICATE = 'TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH';

/** Why Temporal cannot be reached, and what to do about it, which depends on where it is. */
export function obstacleText(obstacle: Obstacle, reached: Reached): { reason: string; advice: string } {
  const kind = placeKind(reached.address);
  const place = placeOf('address', reached.saidBy);
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
        advice: `Set ${place} to the port of its gRPC, mostly 7233; its Web UI has another one.`,
      };
    case 'speaks-otherwise':
      return {
        reason: 'another kind of server answers there, not Temporal',
        advice: `Set ${place} to the address of Temporal's gRPC, mostly at port 7233.`,
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
      return otherName(obstacle.names, reached);
    case 'wants-client-certificate':
      return { reason: 'it wants a client certificate', advice: giveCertificate(kind, place) };
    case 'hangs-up-after-handshake':
      return {
        reason: 'it hangs up right after the TLS handshake, as a server does that wants a client certificate',
        advice: giveCertificate(kind, place),
      };
    case 'refuses-client-certificate': {
      const expired = obstacle.expired === undefined ? '' : `, which has expired on ${obstacle.expired.slice(0, 10)}`;
      return {
        reason: `it refuses the client certificate${expired} (${obstacle.detail})`,
        advice: `Set ${CLIENT_CERTIFICATE} to one that is valid today and of an authority that the server knows.`,
      };
    }
    default:
      return { reason: silence(obstacle), advice: lookForIt(reached) };
  }
}

/** What to do if a server is not found at all. */
export function lookForIt({ address, saidBy }: Reached): string {
  const place = placeOf('address', saidBy);
  switch (placeKind(address)) {
    case 'this-machine':
      return `Start everything on this machine with \`keboola-temporal dev\`, or set ${place}.`;
    case 'temporal-cloud':
      return `Check ${place}: on Temporal Cloud NAMESPACE.ACCOUNT.tmprl.cloud:7233, or with an API key the address of the region.`;
    case 'elsewhere':
      return `Check ${place} (host:port, mostly port 7233), and whether a firewall or a VPN is in between.`;
  }
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

function giveCertificate(kind: PlaceKind, place: string): string {
  const set = `Set ${CLIENT_CERTIFICATE}`;
  if (kind !== 'temporal-cloud') return `${set}.`;
  return `${set}; with an API key (TEMPORAL_API_KEY) set ${place} to the address of the region instead.`;
}

function otherName(names: string, { address, saidBy }: Reached): { reason: string; advice: string } {
  const host = parseAddress(address)?.host ?? address;
  return {
    reason: `its certificate is ${names === '' ? 'for another name' : `for ${names}`}, not for the name that was asked for`,
    advice: `Set ${placeOf('address', saidBy)} or TEMPORAL_TLS_SERVER_NAME to a name of the certificate, instead of ${host}.`,
  };
}
