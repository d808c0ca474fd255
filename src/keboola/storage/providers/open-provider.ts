import { SettingsError } from '../../../input/settings-error.js';
import type { TokenOrigins } from '../../connection/origins.js';
import type { Transporter } from '../../http/exchange.js';
import { AwsObjects } from './aws.js';
import { AzureBlobs } from './azure.js';
import { GcpObjects } from './gcp.js';
import type { Place } from './place.js';
import type { Provider } from './provider.js';
import { Renewable } from './renewable.js';

/** How to reach the file stores of one connection. */
export interface Reach {
  http: Transporter;
  origins: TokenOrigins;
  /** A server that replaces those of AWS and Google. */
  filesUrl: string | undefined;
  /** The smallest part that S3 accepts, for tests with small files. */
  awsPartBytesMin?: number | undefined;
}

/** Asks Keboola for new credentials of the same file. */
export type ReadPlace = (signal: AbortSignal) => Promise<Place>;

/** A provider, with the means to renew its credentials. */
export interface OpenedProvider {
  provider: Provider;
  renew: (signal: AbortSignal) => Promise<void>;
}

/**
 * Opens the provider that holds a file.
 *
 * @throws SettingsError for an address that we do not contact.
 */
export function openProvider(place: Place, read: ReadPlace, reach: Reach): OpenedProvider {
  const { http, origins, filesUrl, awsPartBytesMin } = reach;
  const endpoint = filesUrl === undefined ? undefined : origins.acceptForFiles(filesUrl);
  switch (place.provider) {
    case 'azure': {
      const held = new Renewable(place, (signal) => ofProvider('azure', () => read(signal)));
      return { provider: new AzureBlobs(http, held, origins), renew: (signal) => held.renew(signal) };
    }
    case 'aws': {
      const held = new Renewable(place, (signal) => ofProvider('aws', () => read(signal)));
      return { provider: new AwsObjects(http, held, endpoint, awsPartBytesMin), renew: (signal) => held.renew(signal) };
    }
    case 'gcp': {
      const held = new Renewable(place, (signal) => ofProvider('gcp', () => read(signal)));
      return { provider: new GcpObjects(http, held, endpoint), renew: (signal) => held.renew(signal) };
    }
  }
}

type PlaceOf<Name extends Place['provider']> = Extract<Place, { provider: Name }>;

/** Makes sure that new credentials are for the same provider: files do not move to another one. */
async function ofProvider<Name extends Place['provider']>(
  name: Name,
  read: () => Promise<Place>,
): Promise<PlaceOf<Name>> {
  const place = await read();
  if (place.provider === name) return place as PlaceOf<Name>;
  throw new SettingsError(
    `Keboola says that a file at "${name}" is at "${place.provider}" now. Nothing was sent there.`,
  );
}
