import type { Project, Token } from '../fixture/schema.js';
import { StorageFailure } from './storage-failure.js';

/** A development branch: a name and an id. It has no buckets, tables or configurations of its own. */
export interface DevBranch {
  readonly id: string;
  readonly project: Project;
  readonly token: Token;
  readonly name: string;
  readonly description: string;
  readonly createdAtMs: number;
}

const BRANCHES_MAX = 10_000;

/** Development branches of all projects. */
export class DevBranches {
  readonly #branches = new Map<string, DevBranch>();

  /** @throws StorageFailure when the name is taken or there are too many. */
  add(branch: DevBranch): void {
    this.requireFree(branch.project, branch.name);
    if (this.#branches.size >= BRANCHES_MAX) {
      throw new StorageFailure('sandbox.full', `The sandbox holds ${BRANCHES_MAX} branches at most`);
    }
    this.#branches.set(branch.id, branch);
  }

  /** @throws StorageFailure when the project has a branch of that name. */
  requireFree(project: Project, name: string): void {
    if (!this.ofProject(project).some((branch) => branch.name === name)) return;
    const message = `There already is a branch with name "${name}"`;
    throw new StorageFailure('devBranch.duplicateName', message);
  }

  find(project: Project, id: string): DevBranch | undefined {
    const found = this.#branches.get(id);
    return found?.project === project ? found : undefined;
  }

  ofProject(project: Project): DevBranch[] {
    return [...this.#branches.values()].filter((branch) => branch.project === project);
  }

  remove({ id }: DevBranch): void {
    this.#branches.delete(id);
  }
}
