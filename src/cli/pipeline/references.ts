import { isAlias, isMap, isPair, isScalar, isSeq, isNode, Scalar, type Alias, type Document, type Node } from 'yaml';

/** What is wrong with a reference (`*name`) of a YAML document, and where. */
export interface ReferenceProblem {
  message: string;
  offset: number;
}

const NO_MAP = '<< merges the fields of a map: write <<: *name, with &name on a map further up';

/** As many as a pipeline has tasks: the parser's time grows with the square of this number. */
const REFERENCES_MAX = 10_000;
/** More than a pipeline's JSON may have, so that this catches only documents that are made to explode. */
const WRITTEN_OUT_MAX = 4 * 1024 * 1024;

/**
 * Checks references before they are expanded: ten that each refer to ten, nine levels deep, make a billion. It also
 * finds references to nothing, and references to what they are a part of.
 */
export function referenceProblems(document: Document): ReferenceProblem[] {
  const check = new ReferenceCheck();
  check.sizeOf(document.contents);
  return check.problems;
}

class ReferenceCheck {
  readonly problems: ReferenceProblem[] = [];
  private readonly anchors = new Map<string, Node>();
  /** Sizes of the anchored nodes that have been read to their end, in characters of the file. */
  private readonly sizes = new Map<Node, number>();
  private references = 0;
  /** How many characters all references add together. */
  private writtenOut = 0;

  /** The size of a node once its references are expanded. */
  sizeOf(node: unknown): number {
    if (isPair(node)) {
      const size = this.sizeOf(node.key) + this.sizeOf(node.value);
      if (isMergeKey(node.key)) this.checkMerged(node.value);
      return size;
    }
    if (isAlias(node)) return this.referred(node);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return 0;
    // A reference means the last node of its name before it; a node's own name is known within the node already.
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    const size = isScalar(node) ? lengthOf(node) : this.sum(node.items);
    if (node.anchor !== undefined) this.sizes.set(node, size);
    return size;
  }

  private sum(items: readonly unknown[]): number {
    let size = items.length + 1;
    for (const item of items) size += this.sizeOf(item);
    return size;
  }

  /** A merge key (`<<`) takes a map, or a list of maps. */
  private checkMerged(value: unknown): void {
    const source = this.targetOf(value);
    const sources = isSeq(source) ? source.items : [source];
    const isWrong = sources.some((one) => !isMap(this.targetOf(one)));
    // A reference to nothing has a message of its own.
    if (isWrong && this.problems.length === 0) this.refuse(isNode(value) ? value : {}, NO_MAP);
  }

  private targetOf(value: unknown): unknown {
    return isAlias(value) ? this.anchors.get(value.source) : value;
  }

  private referred(alias: Alias): number {
    this.references += 1;
    if (this.references === REFERENCES_MAX + 1)
      this.refuse(alias, `is one reference too many: at most ${REFERENCES_MAX} are allowed`);
    const target = this.anchors.get(alias.source);
    if (!target) return this.refuse(alias, `*${alias.source} refers to nothing: no &${alias.source} comes before it`);
    const size = this.sizes.get(target);
    if (size === undefined) return this.refuse(alias, `*${alias.source} refers to something that contains it`);
    const before = this.writtenOut;
    this.writtenOut += size;
    if (before <= WRITTEN_OUT_MAX && this.writtenOut > WRITTEN_OUT_MAX) {
      this.refuse(
        alias,
        `*${alias.source} makes the file larger than ${WRITTEN_OUT_MAX} characters once all references are expanded`,
      );
    }
    return size;
  }

  private refuse({ range }: Pick<Node, 'range'>, message: string): number {
    this.problems.push({ message, offset: range?.[0] ?? 0 });
    return 0;
  }
}

/** As the parser sees it: only an unquoted `<<` merges. */
function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === Scalar.PLAIN;
}

function lengthOf({ range }: Node): number {
  return range ? range[1] - range[0] : 0;
}
