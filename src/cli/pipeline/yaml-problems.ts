import { isScalar, visit, type Document, type ErrorCode, type YAMLError } from 'yaml';

/** What is wrong with a YAML text, and where. */
export interface YamlProblem {
  message: string;
  offset: number;
}

/** In place of the parser's words, where those are for programmers; the others say what to do. */
const WORDS: Partial<Record<ErrorCode, string>> = {
  MULTIPLE_DOCS: 'another document begins here, and a file has one; remove the "---", or make a file of its own',
  NON_STRING_KEY: 'the name of a field has to be a text; write it in quotes',
  DUPLICATE_KEY: 'this field is there twice; leave one of them out',
  BLOCK_AS_IMPLICIT_KEY: 'a colon with a blank behind it begins a field; write a text that has one in quotes',
  BAD_SCALAR_START: 'a text cannot begin like this; write it in quotes',
};
const MERGED_TWICE = 'there is another "<<" in this map; merge several maps with one, as <<: [*one, *other]';
/** What JSON has. Another tag makes bytes, sets or dates, which nobody behind the file would read as they are written. */
const TAGS = ['str', 'int', 'float', 'bool', 'null', 'map', 'seq', 'merge'].map((name) => `tag:yaml.org,2002:${name}`);

/** What the parser has found. It only warns of an unknown tag, but the value would not be what the tag says. */
export function parserProblems({ errors, warnings }: Document, text: string): YamlProblem[] {
  return [...errors, ...warnings].map((error) => ({ message: wordsOf(error, text), offset: error.pos[0] }));
}

/** Tags that the parser knows and a pipeline does not. */
export function tagProblems(document: Document): YamlProblem[] {
  const problems: YamlProblem[] = [];
  visit(document, {
    Node: (_, node) => {
      const tag = 'tag' in node ? node.tag : undefined;
      if (tag === undefined || TAGS.includes(tag)) return;
      const what = isScalar(node) ? 'write the text itself' : 'write a plain map or list';
      problems.push({
        message: `the tag ${tag.replace('tag:yaml.org,2002:', '!!')} makes no JSON; ${what}`,
        offset: node.range?.[0] ?? 0,
      });
    },
  });
  return problems;
}

function wordsOf({ code, message, pos: [from] }: YAMLError, text: string): string {
  if (code === 'DUPLICATE_KEY' && text.startsWith('<<', from)) return MERGED_TWICE;
  if (code === 'TAG_RESOLVE_FAILED') return `the tag ${/^!\S*/.exec(text.slice(from))?.[0] ?? ''} has no meaning here`;
  return WORDS[code] ?? message;
}
