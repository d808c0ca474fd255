import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';
import { shellWord } from '../job/text/shell-quoted.js';
import type { TemporalSettings } from '../temporal/profile.js';
import { placeKind } from '../temporal/address.js';
import { GRPC, grpcCause } from '../temporal/grpc-cause.js';
import { placeOf } from '../temporal/said-by.js';
import { notWrittenWords, TemporalCannotWrite } from './unreachable.js';

type NamespaceSettings = Pick<TemporalSettings, 'address' | 'namespace' | 'saidBy'>;

/** Temporal answers, but does not have the namespace of the settings. */
export class NoSuchNamespace extends Error {
  override readonly name = 'NoSuchNamespace';

  constructor(settings: NamespaceSettings) {
    const { address, namespace } = settings;
    super(`Temporal at ${address} has no namespace "${namespace}". ${namespaceAdvice(settings)}`);
  }
}

/** Temporal answers, but refuses the API key or the client certificate. */
export class TemporalRefused extends Error {
  override readonly name = 'TemporalRefused';

  constructor({ address, namespace, connectionOptions, saidBy }: TemporalSettings, words: string) {
    super(
      `Temporal at ${address} refuses us (${words}). ` +
        (connectionOptions.apiKey === undefined
          ? 'Set TEMPORAL_API_KEY, or give it a client certificate that '
          : 'Check that TEMPORAL_API_KEY has not expired, belongs to this server, and ') +
        `may use namespace "${namespace}" (${placeOf('namespace', saidBy)}).`,
    );
  }
}

const REFUSALS: readonly (number | undefined)[] = [GRPC.unauthenticated, GRPC.permissionDenied];

/** Says in our words which settings Temporal finds wrong, or that it cannot write; any other error stays as it is. */
export function inOurWords(error: unknown, settings: TemporalSettings): unknown {
  if (error instanceof NamespaceNotFoundError) return new NoSuchNamespace(settings);
  // An error that wraps such an answer has advice of its own.
  if (!isGrpcServiceError(error) && !(error instanceof ServiceError)) return error;
  const { code, details, message = '' } = grpcCause(error) ?? {};
  const words = details || message;
  const notWritten = notWrittenWords(error);
  if (notWritten !== undefined) return new TemporalCannotWrite(settings.address, notWritten);
  if (code === GRPC.notFound && /^Namespace .* not found/i.test(words)) return new NoSuchNamespace(settings);
  return REFUSALS.includes(code) ? new TemporalRefused(settings, words) : error;
}

function namespaceAdvice({ address, namespace, saidBy }: NamespaceSettings): string {
  const place = placeOf('namespace', saidBy);
  if (placeKind(address) === 'temporal-cloud') return `Set ${place} to its full name there, NAMESPACE.ACCOUNT.`;
  const how = `temporal operator namespace create --address ${address} --namespace ${shellWord(namespace)}`;
  return `Set ${place} to one of its own, or make this one: ${how}`;
}
