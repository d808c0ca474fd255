import { z } from 'zod';
import { compact } from '../../job/text/document-fields.js';
import { cut } from '../../job/text/well-formed.js';
import { ANSWER_MS_MAX } from '../../job/times/requests.js';
import type { Connection } from '../connection/connection.js';
import { decode } from '../http/decode.js';
import type { Sender } from '../http/exchange.js';

/** What the token says about itself and its project. */
export interface ProjectFacts {
  id: string;
  name: string;
  /** The owner's description of the token, cut. */
  tokenDescription?: string;
  /** The role of the user whose token it is; absent if it belongs to no user. */
  role?: string;
  /** Whether a token without a user may create jobs where branches are protected, if Keboola says so. */
  canCreateJobs?: boolean;
  /** The only components that the token may run; absent if it may run all. */
  componentAccess?: string[];
  /** How many jobs may run at the same time, if the project has a limit. */
  jobsParallelism?: number;
  /** The project's feature flags, if any; one of them decides on the job API, see `discover`. */
  features?: string[];
}

const JOBS_PARALLELISM = 'components.jobsParallelism';

const DESCRIPTION_LENGTH_MAX = 100;
const ROLE_LENGTH_MAX = 100;

const tolerant = <T extends z.ZodType>(schema: T): z.ZodCatch<z.ZodOptional<T>> => schema.optional().catch(undefined);

// Fields that we can do without are parsed tolerantly. PHP writes an empty object as a list, and a list with gaps as
// an object.
const TokenDocument = z.object({
  description: z.string().catch(''),
  admin: tolerant(z.object({ role: tolerant(z.string().max(ROLE_LENGTH_MAX)) })),
  canCreateJobs: tolerant(z.boolean()),
  componentAccess: z.preprocess(valuesOf, z.array(z.string())).catch([]),
  owner: z.object({
    // Samples show both a number and text.
    id: z.union([z.string(), z.number()]).transform(String),
    name: z.string().catch(''),
    // Features decide on the job API, so if they cannot be read, that must not pass for "none".
    features: z.preprocess(valuesOf, z.array(z.string())),
    limits: z.record(z.string(), z.object({ value: z.unknown().optional() }).catch({})).catch({}),
  }),
});

/**
 * Verifies the token and reads its project (`GET /v2/storage/tokens/verify`; keboola/storage-api-php-client
 * `apiary.apib`).
 *
 * @throws KeboolaError `unauthorized` for a refused token.
 */
export async function verifyToken(http: Sender, connection: Connection): Promise<ProjectFacts> {
  const url = new URL('/v2/storage/tokens/verify', connection.origins.base);
  const answer = await http.send({ method: 'GET', url, token: connection.token(), timeoutMs: ANSWER_MS_MAX });
  const { owner, ...token } = decode(TokenDocument, answer.json, 'GET', url);
  const limit = owner.limits[JOBS_PARALLELISM]?.value;
  return {
    id: owner.id,
    name: owner.name,
    ...tokenFacts(token),
    ...(typeof limit === 'number' && limit > 0 && { jobsParallelism: limit }),
    ...(owner.features.length > 0 && { features: owner.features }),
  };
}

function tokenFacts({
  description,
  admin,
  canCreateJobs,
  componentAccess,
}: Omit<z.output<typeof TokenDocument>, 'owner'>): Partial<ProjectFacts> {
  return compact({
    tokenDescription: description === '' ? undefined : cut(description, DESCRIPTION_LENGTH_MAX),
    role: admin?.role,
    canCreateJobs,
    componentAccess: componentAccess.length === 0 ? undefined : componentAccess,
  });
}

function valuesOf(listed: unknown): unknown {
  if (listed === undefined) return [];
  return typeof listed === 'object' && listed !== null ? Object.values(listed).filter(isText) : listed;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
