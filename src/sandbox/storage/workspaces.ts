import { randomBytes } from 'node:crypto';
import type { Project, Token } from '../fixture/schema.js';
import type { JsonObject } from '../json.js';
import { StorageFailure } from './storage-failure.js';

/** A workspace as Storage keeps it: the password is shown once and kept nowhere. */
export interface Workspace {
  readonly id: string;
  readonly project: Project;
  readonly token: Token;
  readonly backend: string;
  readonly createdAtMs: number;
  readonly runId: string | null;
}

const WORKSPACES_MAX = 10_000;
const PASSWORD_BYTES = 24;

/** Workspaces of all projects. No database is behind them. */
export class Workspaces {
  readonly #workspaces = new Map<string, Workspace>();

  /** @throws StorageFailure when there are too many. */
  add(workspace: Workspace): void {
    if (this.#workspaces.size >= WORKSPACES_MAX) {
      throw new StorageFailure('sandbox.full', `The sandbox holds ${WORKSPACES_MAX} workspaces at most`);
    }
    this.#workspaces.set(workspace.id, workspace);
  }

  find(project: Project, id: string): Workspace | undefined {
    const found = this.#workspaces.get(id);
    return found?.project === project ? found : undefined;
  }

  ofProject(project: Project): Workspace[] {
    return [...this.#workspaces.values()].filter((workspace) => workspace.project === project);
  }

  remove({ id }: Workspace): void {
    this.#workspaces.delete(id);
  }
}

/** Looks like a generated password, so that a search for leaked passwords finds it. */
export function newPassword(): string {
  return randomBytes(PASSWORD_BYTES).toString('base64url');
}

/** The document without the password; `shown` has the id and the time as Storage writes them. */
export function workspaceDocument(workspace: Workspace, shown: { id: unknown; created: string }): JsonObject {
  const { backend, project, token } = workspace;
  const schema = `WORKSPACE_${workspace.id}`;
  return {
    id: shown.id,
    name: schema,
    type: 'table',
    component: null,
    configurationId: null,
    created: shown.created,
    backendSize: null,
    statementTimeoutSeconds: 0,
    connection: {
      backend,
      host: 'keboola.snowflakecomputing.com',
      region: 'us-east-1',
      database: `KEBOOLA_${project.id}`,
      schema,
      user: `${schema}_USER`,
      warehouse: 'KEBOOLA_PROD',
      loginType: 'default',
    },
    creatorToken: { id: Number(token.id), description: token.description },
    readOnlyStorageAccess: false,
  };
}
