import { z } from 'zod';

const YEAR_SECONDS = 31_536_000;

const choice = <const T extends readonly [string, ...string[]]>(
  options: T,
  text: string,
): z.ZodEnum<{ [K in T[number]]: K }> => z.enum(options).describe(text);
const success = (text: string): z.ZodLiteral<200 | 201 | 202> => z.literal([200, 201, 202]).describe(text);

/**
 * One setting for each point on which the sources about Queue v2 disagree or are silent, so that a client can be shown
 * every answer that it may meet. docs/sandbox.md says where each doubt comes from.
 */
export const queueSettingFields = {
  queueDaemonSeconds: z
    // Not 0: the daemon would look at a blocked job endlessly within one instant.
    .number()
    .min(0.1)
    .max(YEAR_SECONDS)
    .describe(
      "Seconds between the daemon's looks at a waiting job, and from a kill request until it acts on it. Default 1.",
    ),

  queueCreateStatus: success('Status of the answer to POST /jobs. Default 201.'),
  queueLooseTypes: choice(['refused', 'accepted'], 'Numbers as ids and a backend that is a text. Default "refused".'),
  queueUnknownKeys: choice(['ignored', 'refused'], 'Keys of a creation that nobody knows. Default "ignored".'),
  queueUndocumentedKeys: choice(
    ['accepted', 'ignored', 'refused'],
    'Keys of a creation that the published specification does not have. Default "accepted".',
  ),
  queueVariables: choice(
    ['echoed', 'dropped', 'refused'],
    'Given variables that the configuration does not declare. Default "echoed".',
  ),
  queueForgottenVariables: choice(
    ['empty', 'fail'],
    'Declared variables without a value: the job runs with empty ones, or ends as error. Default "empty".',
  ),
  queueMissingConfiguration: choice(
    ['refused', 'fails'],
    'Creation of a job of an unknown configuration: 400 or 500. Default "refused".',
  ),
  queueConfigDataBranch: choice(['used', 'ignored'], 'branchId beside configData. Default "used".'),
  queueErrorCode: choice(
    ['zero', 'status'],
    'Field "code" of refusals that have none of their own, such as that of a role. Default "zero".',
  ),

  queueKillStatus: success('Status of the answer to an accepted kill. Default 202.'),
  queueKillFinished: choice(
    ['refused', 'fails', 'accepted'],
    'Kill of a finished job: "refused" is 400, "fails" is 500 with code 404 in the body, "accepted" has no effect. ' +
      'Default "refused".',
  ),
  queueKillTerminating: choice(['accepted', 'refused'], 'Kill of a terminating job. Default "accepted".'),
  queueKillUnknown: choice(
    ['fails', 'notFound'],
    'Kill of an unknown job: "fails" is 500 with code 404 in the body, "notFound" is 404. Default "fails".',
  ),
  queueKillBelow: choice(
    ['prefix', 'children'],
    'Which jobs a kill takes along: all below the run id, or only those whose parents are known jobs. Default "prefix".',
  ),

  queueSearchParentRunId: choice(['exact', 'prefix', 'ignored'], 'Filter parentRunId of the search. Default "exact".'),
  queueSearchChildren: choice(
    ['shown', 'hidden'],
    'Whether a search without parentRunId shows jobs that have a parent. Default "shown".',
  ),
  queueSearchEndTime: choice(
    ['obeyed', 'ignored'],
    'Filters endTimeFrom and endTimeTo of the search; one that is ignored answers everything. Default "obeyed".',
  ),
  queueSearchFinished: choice(['told', 'false'], 'Field isFinished in lists. Default "told".'),
  queueLimitOver: choice(
    ['refused', 'capped'],
    'A limit above the largest one: 400, or the largest. Default "refused".',
  ),
  queueGroupedFilters: choice(
    ['bare', 'wrapped'],
    'Whether grouped jobs are filtered by status=, or by filters[status]=; the other form is ignored. Default "bare".',
  ),
  queuePrimaryList: choice(['served', 'gone'], 'The deprecated GET /jobs; gone is 404. Default "served".'),
  queuePrimaryParentRunId: choice(['prefix', 'exact', 'ignored'], 'Filter parentRunId of GET /jobs. Default "prefix".'),
  queueRerunPlan: choice(
    ['matched', 'emptyBelowFence'],
    'Whether the rerun plan lists the tasks of a flow whose parent run id belongs to no job (a fence). ' +
      'Default "matched".',
  ),
  queueLineagePath: choice(['jobs', 'job'], 'Where the lineage of a job is: /jobs/{id} or /job/{id}. Default "jobs".'),

  queueEmptyObjects: choice(
    ['list', 'object', 'null', 'absent'],
    'How empty objects of a job are written; PHP writes []. Default "list".',
  ),
  queueMainBranch: choice(['id', 'null'], 'branchId of a job of the main branch. Default "id".'),
  queueTopParentRunId: choice(['empty', 'null'], 'parentRunId of a job without a parent. Default "empty".'),
  queueMetricsBackend: choice(
    ['internal', 'spec'],
    'Keys of metrics.backend: size and containerSize, or type and containerType. Default "internal".',
  ),
  queueBearerTokens: z.boolean().describe('Whether a token may come as Authorization: Bearer. Default false.'),
};

export const DEFAULT_QUEUE_SETTINGS = {
  queueDaemonSeconds: 1,
  queueCreateStatus: 201,
  queueLooseTypes: 'refused',
  queueUnknownKeys: 'ignored',
  queueUndocumentedKeys: 'accepted',
  queueVariables: 'echoed',
  queueForgottenVariables: 'empty',
  queueMissingConfiguration: 'refused',
  queueConfigDataBranch: 'used',
  queueErrorCode: 'zero',
  queueKillStatus: 202,
  queueKillFinished: 'refused',
  queueKillTerminating: 'accepted',
  queueKillUnknown: 'fails',
  queueKillBelow: 'prefix',
  queueSearchParentRunId: 'exact',
  queueSearchChildren: 'shown',
  queueSearchEndTime: 'obeyed',
  queueSearchFinished: 'told',
  queueLimitOver: 'refused',
  queueGroupedFilters: 'bare',
  queuePrimaryList: 'served',
  queuePrimaryParentRunId: 'prefix',
  queueRerunPlan: 'matched',
  queueLineagePath: 'jobs',
  queueEmptyObjects: 'list',
  queueMainBranch: 'id',
  queueTopParentRunId: 'empty',
  queueMetricsBackend: 'internal',
  queueBearerTokens: false,
} as const;
