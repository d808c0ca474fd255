import { SettingsError } from '../../../input/settings-error.js';
import type { TokenOrigins } from '../../connection/origins.js';
import type { Transporter } from '../../http/exchange.js';
import { AwsObjects } from './aws.js';
import { AzureBlobs } from './azure.js';
import { GcpObjects } from './gcp.js';
import type { Place } from './place.js';
import type { Provider } from './provider.js';
import { Renewable } from './renewable.js';

/** How the places for files of one connection are reached. */
export interface Reach {
  http: Transporter;
  origins: TokenOrigins;
  /** Speaks as AWS and Google do, in their place. */
  filesUrl: string | undefined;
  /** For tests with small files: what S3 takes at least as a part. */
  awsPartBytesMin?: number | undefined;
}

/** Asks Keboola for new credentials of the same file. */
export type ReadPlace = (signal: AbortSignal) => Promise<Place>;

/** A provider, and how its credentials are renewed. */
export interface OpenedProvider {
  provider: Provider;
  renew: (signal: AbortSignal) => Promise<void>;
}

/**
 * Opens the place of a file.
 *
 * @throws SettingsError for a place that we do not talk to.
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

/** A file does not move to another provider. */
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
