import {
  WorkflowExecutionAlreadyStartedError,
  type Client,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import { DIGEST_MEMO } from '../job/messages.js';
import { plainInMarkdown } from '../job/text/plain-in-markdown.js';
import { shellWord } from '../job/text/shell-quoted.js';
import { PayloadKeyError } from '../temporal/encryption/payload-key-error.js';
import { describeWorkflow } from '../temporal/look.js';
import { memoField } from '../temporal/memo-field.js';
import { inputDigest, type AnyInput } from './digest.js';
import { AlreadyRunningError, InputConflictError } from './errors.js';
import { randomKey } from './workflow-id.js';

/** Where to start workflows. */
export interface StartPlace {
  client: Client;
  taskQueue: string;
}

/** A workflow to start. */
export interface StartRequest {
  workflowType: string;
  input: AnyInput;
  /** For people, shown in Temporal's Web UI. */
  summary: string;
  /** The workflow id: the same for everything that runs the same, unless a key sets it apart. */
  idFor(key: string | undefined): string;
}

/** How to start a workflow. Only jobs can be queued, because Keboola has a lock for them. */
export interface StartOptions<IfRunning = 'attach' | 'queue' | 'fail'> {
  /**
   * What to do if a workflow of the same id is running: `attach` to it if its input is the same (default), `queue` a
   * second workflow whose job waits for Keboola's own lock, or `fail`.
   */
  ifRunning?: IfRunning;
  /** Gives the workflow an id of its own, although another one runs the same. */
  key?: string;
}

/** A workflow, and whether it was started now or found running. */
export interface Started<Handle> {
  handle: Handle;
  attached: boolean;
  /** When the workflow was started, ISO 8601. */
  startTime: string;
}

type HandleClass<Handle> = new (client: Client, workflowId: string, runId: string) => Handle;

/**
 * Starts a workflow, or attaches to the one that runs.
 *
 * @throws InputConflictError, AlreadyRunningError, PayloadKeyError.
 */
export async function startOrAttach<Handle>(
  place: StartPlace,
  Handle: HandleClass<Handle>,
  request: StartRequest,
  { ifRunning = 'attach', key }: StartOptions = {},
): Promise<Started<Handle>> {
  const workflowId = request.idFor(key);
  const fresh = await start(place, Handle, workflowId, request);
  if (fresh) return fresh;
  if (ifRunning === 'attach') return await attach(place, Handle, workflowId, request);
  const queued = ifRunning === 'queue' && (await start(place, Handle, request.idFor(randomKey()), request));
  if (queued) return queued;
  throw new AlreadyRunningError(workflowId);
}

/** @returns undefined if a workflow of that id is running. */
async function start<Handle>(
  { client, taskQueue }: StartPlace,
  Handle: HandleClass<Handle>,
  workflowId: string,
  { workflowType, input, summary }: StartRequest,
): Promise<Started<Handle> | undefined> {
  try {
    const { firstExecutionRunId } = await client.workflow.start(workflowType, {
      workflowId,
      taskQueue,
      args: [input],
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      memo: { [DIGEST_MEMO]: inputDigest(input) },
      staticSummary: plainInMarkdown(summary),
    });
    const handle = new Handle(client, workflowId, firstExecutionRunId);
    return { handle, attached: false, startTime: new Date().toISOString() };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return undefined;
    throw error;
  }
}

/**
 * A workflow without a digest was started by another tool: its input cannot be compared, so we attach to it. A digest
 * that cannot be read counts as that of another input, unless only the key to decrypt it is missing.
 */
async function attach<Handle>(
  { client }: StartPlace,
  Handle: HandleClass<Handle>,
  workflowId: string,
  { workflowType, input }: StartRequest,
): Promise<Started<Handle>> {
  const description = await describeWorkflow(client, workflowId);
  const { memo, startTime, runId } = description;
  const hasDigest = memo !== undefined && Object.hasOwn(memo, DIGEST_MEMO);
  if (hasDigest && (await digestOf(client, description)) !== inputDigest(input)) {
    throw new InputConflictError(workflowId, adviceOn(workflowId, workflowType, input));
  }
  return { handle: new Handle(client, workflowId, runId), attached: true, startTime: startTime.toISOString() };
}

/** @throws PayloadKeyError if we lack the key to decrypt the memo. */
async function digestOf(client: Client, description: WorkflowExecutionDescription): Promise<unknown> {
  try {
    return await memoField(client, description, DIGEST_MEMO);
  } catch (error) {
    if (error instanceof PayloadKeyError) throw error;
    return undefined;
  }
}

/** Undefined for what can be queued. */
function adviceOn(workflowId: string, workflowType: string, input: AnyInput): string | undefined {
  if (workflowType === 'runJob') return undefined;
  if (workflowType !== 'waitForJob') {
    return 'Wait for it, cancel it, or start a second one with a key of its own (--key).';
  }
  // A job has one wait, and two waits for it differ in what a cancel does to the job.
  const id = shellWord(workflowId);
  return 'onCancel' in input && input.onCancel === 'kill'
    ? `Cancel that wait (\`keboola-temporal cancel ${id}\`), which leaves its job alone, then run this again.`
    : `It stops the job if it is cancelled. To wait, follow it: \`keboola-temporal follow ${id}\`.`;
}
