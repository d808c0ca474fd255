import { z } from 'zod';
import { DEFAULT_QUEUE_SETTINGS, queueSettingFields } from './queue-settings.js';

/** How a kill of a running job may go; docs/sandbox.md says what each does. */
export const KILL_STYLES = ['terminate', 'finishFirst', 'hang', 'ignore'] as const;

/** Where a project may keep its files. */
const FILE_PROVIDERS = ['azure', 'aws', 'gcp'] as const;
export type FileProvider = (typeof FILE_PROVIDERS)[number];

const GIBIBYTE = 1_073_741_824;
const YEAR_SECONDS = 31_536_000;
/** Tickets are 64-bit numbers; this leaves room for counting up. */
const TICKET_MAX = 9_000_000_000_000_000_000n;

const seconds = z.number().min(0).max(YEAR_SECONDS);
const ticket = z
  .union([z.number().int().min(1).max(Number.MAX_SAFE_INTEGER), z.string().regex(/^[1-9]\d{0,18}$/, 'digits only')])
  .refine((value) => BigInt(value) <= TICKET_MAX, `at most ${TICKET_MAX}`);

const allSettings = z.strictObject({
  pickUpDelaySeconds: seconds.describe('Seconds from queueing a job until a free worker can take it. Default 0.2.'),
  workers: z.number().int().min(1).max(100_000).describe('Jobs executed at the same time in all. Default 10.'),
  lockRetryDelaySeconds: z
    // Not 0: a job that cannot start would be tried again endlessly within one instant.
    .number()
    .min(0.1)
    .max(YEAR_SECONDS)
    .describe("Seconds until a job is retried that found its lock taken or its project's limit reached. Default 60."),
  parallelLimit: z
    .union([z.number().int().min(1).max(100_000), z.enum(['project', 'off'])])
    .describe(
      'Running jobs per project: a number, "off", or "project", the limit that the fixture gives each project. Default "project".',
    ),
  searchLagSeconds: seconds.describe('From a write until the list shows it. Default 1.'),
  searchStalled: z.boolean().describe('While true, the list learns nothing new. Default false.'),
  killLatencySeconds: seconds.describe('From an accepted kill until the job is terminated. Default 2.'),
  killPropagation: z.boolean().describe('Whether a kill takes along the unfinished jobs below. Default true.'),
  whenKilled: z.enum(KILL_STYLES).describe('What a kill does to a job whose script does not say. Default "terminate".'),
  ghostKill: z
    .enum(['cancels', 'stays'])
    .describe('What a kill does to a job that was written but never queued. Default "cancels".'),
  processTimeoutSeconds: z
    .union([seconds, z.literal('off')])
    .describe('Time limit of docker components without one of their own. Default "off"; Keboola itself uses 3600.'),
  storageQueueSeconds: seconds.describe('From the answer of a Storage operation until its job starts. Default 0.5.'),
  storageJobSeconds: seconds.describe('How long a job of Storage works; it changes everything at its end. Default 2.'),
  storageBytesMax: z
    .number()
    .int()
    .min(0)
    .max(64 * GIBIBYTE)
    .describe(
      'Bytes of files and tables together, in memory and on disk; what does not fit is refused. Default 1 GiB.',
    ),
  slicedExports: z
    .boolean()
    .describe(
      'Whether an export is sliced (headerless slices and a manifest) or one file with a header. Default true.',
    ),
  fileProvider: z
    .enum(FILE_PROVIDERS)
    .describe('Where files that are made from then on are kept, and how they are uploaded. Default "azure".'),
  s3PartBytesMin: z
    .number()
    .int()
    .min(1)
    .max(GIBIBYTE)
    .describe('Minimum size in bytes of every part of an S3 multipart upload except the last. Default 5 MiB.'),
  timeZone: z.string().describe('IANA name; timestamps carry its offset. Default "Europe/Prague".'),
  idsAs: z
    .enum(['platform', 'number', 'text'])
    .describe('Ids as Keboola mixes them (default), all of them as JSON numbers, or all as text.'),
  firstTicket: ticket.describe(
    'Next number for ids and run ids; write it as text above 2^53. It can only be raised. Default: the time of the start.',
  ),
  jobsMax: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .describe('Jobs kept before the oldest finished one is forgotten. Default 100000.'),
  ...queueSettingFields,
});

/** Settings as somebody writes them: any of them may be left out. */
export const settingsSchema = allSettings.partial();

/** All settings of a sandbox, in sandbox time. A change applies from then on; a reset restores the initial settings. */
export type SandboxSettings = z.output<typeof allSettings>;
export type SettingsInput = z.input<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Readonly<SandboxSettings> = {
  pickUpDelaySeconds: 0.2,
  workers: 10,
  lockRetryDelaySeconds: 60,
  parallelLimit: 'project',
  searchLagSeconds: 1,
  searchStalled: false,
  killLatencySeconds: 2,
  killPropagation: true,
  whenKilled: 'terminate',
  ghostKill: 'cancels',
  processTimeoutSeconds: 'off',
  storageQueueSeconds: 0.5,
  storageJobSeconds: 2,
  storageBytesMax: GIBIBYTE,
  slicedExports: true,
  fileProvider: 'azure',
  s3PartBytesMin: 5_242_880,
  timeZone: 'Europe/Prague',
  idsAs: 'platform',
  // The id of the job in Keboola's own documentation; a real start uses its time instead, see `startSettings`.
  firstTicket: 186_985_832,
  jobsMax: 100_000,
  ...DEFAULT_QUEUE_SETTINGS,
};

/** Merges settings: later ones win, and undefined values change nothing. */
export function mergedSettings(base: Readonly<SandboxSettings>, ...changes: SettingsInput[]): SandboxSettings {
  const given = changes.flatMap((change) => Object.entries(change).filter(([, value]) => value !== undefined));
  return { ...base, ...(Object.fromEntries(given) as Partial<SandboxSettings>) };
}
