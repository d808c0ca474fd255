import { builtinModules } from 'node:module';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import { zones } from './eslint.rooms.js';

const nodeModules = builtinModules.flatMap((name) => [name, `node:${name}`]);
const packages = (names, message) => names.map((name) => ({ regex: `^${name}(?:/|$)`, message }));

/** Which packages a room may not import. */
const room = (name, { paths = [], patterns = [] }) => ({
  files: [`src/${name}.ts`, `src/${name}/**/*.ts`],
  rules: { 'no-restricted-imports': ['error', { paths, patterns }] },
});

const sandboxSafe = {
  paths: nodeModules.map((name) => ({ name, message: 'Workflow code runs in the workflow sandbox: no Node modules.' })),
  patterns: packages(
    ['undici', 'zod', 'fastify', 'commander', 'ms'],
    'Too heavy or impossible in the workflow sandbox.',
  ),
};

/** A left-out cancellationType means TRY_CANCEL, which forgets a job whose creation is in flight. */
const explicitCancellation = [
  'CallExpression[callee.name=/^proxy(Local)?Activities$/] > ObjectExpression:not(:has(Property[key.name="cancellationType"]))',
  'CallExpression[callee.name=/^proxy(Local)?Activities$/][arguments.0.type!="ObjectExpression"]',
].map((selector) => ({
  selector,
  message: 'Write the cancellationType of an activity as a literal option; left out it means TRY_CANCEL.',
}));

const namedExports = { selector: 'ExportDefaultDeclaration', message: 'Name every export.' };
const packedSpreads = ['ObjectExpression', 'ArrayExpression'].map((literal) => ({
  selector: `SpreadElement > ${literal}`,
  message: 'Write what is spread where it belongs.',
}));
const everywhere = [namedExports, ...packedSpreads];

/** An empty object there is matched by null and by nothing at all. */
const matchesNothing = {
  selector:
    'CallExpression[callee.property.name="toMatchObject"] > .arguments Property > ObjectExpression.value[properties.length=0]',
  message: 'toMatchObject takes {} for "whatever it is": say what is expected, or compare with toEqual.',
};

/** Zod wants the key, although anything may stand there. */
const wantsUnknown = {
  selector: 'Property > CallExpression.value[callee.object.name="z"][callee.property.name="unknown"]',
  message: 'An answer without this key would be refused: z.unknown().optional().',
};

/** What a job says could steer the terminal that it is shown on; src/operate/terminal.ts keeps that from happening. */
const RIM = 'Write through src/cli/text/output.ts or src/operate/terminal.ts, and paint with src/operate/colors.ts.';
const aroundTheRim = [
  ...['picocolors', 'log-update'].map((name) => ({ name, message: RIM })),
  ...['node:process', 'process'].map((name) => ({ name, importNames: ['stdout', 'stderr'], message: RIM })),
];
const writesToProcess = {
  selector: 'MemberExpression[object.name="process"][property.name=/^std(out|err)$/]',
  message: RIM,
};

/** All workflows of a thread share these modules, so what one kept there another one would find. */
const atTopLevel = ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator';
const noModuleState = [
  ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind="let"]',
  `${atTopLevel} > NewExpression[callee.name=/^(Weak)?(Map|Set)$/][arguments.length=0]`,
  `${atTopLevel} > ArrayExpression[elements.length=0]`,
  `${atTopLevel} > ObjectExpression[properties.length=0]`,
  `${atTopLevel} > Literal[regex.flags=/[gy]/]`,
  'PropertyDefinition[static=true]',
].map((selector) => ({ selector, message: 'Workflows share their modules: keep no state in one.' }));

const plainError = {
  selector: 'NewExpression[callee.name=/^(Range|Type|Syntax|Reference)?Error$/]',
  message: 'A plain Error fails the workflow task for ever: use failure() from src/workflows/failures.ts.',
};
const inWorkflows = [...everywhere, ...noModuleState, plainError, ...explicitCancellation];

/**
 * Files whose workflows write markers: one asks about the point of a reset, the other whether an input was read. A file
 * that changes the commands of released workflows belongs here, too.
 */
const WRITE_MARKERS = ['src/workflows/reset/reset-point.ts', 'src/workflows/unreadable.ts'];
const noMarkers = {
  selector: 'ImportSpecifier[imported.name="patched"]',
  message: 'patched() writes a marker that can never be removed: see ResetPoint, or name the file in WRITE_MARKERS.',
};

export default tseslint.config(
  { ignores: ['.stryker/**', 'dist/**', 'examples/dist/**', '**/.venv/**', 'coverage/**', 'node_modules/**'] },
  ...tseslint.configs.strictTypeChecked,
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [createNodeResolver({ extensionAlias: { '.js': ['.ts', '.js'] } })],
    },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-deprecated': 'warn',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'no-console': 'error',
      'object-shorthand': 'error',
      'max-lines': ['error', 250],
      'max-lines-per-function': ['error', { max: 70, skipComments: true, skipBlankLines: true }],
      'no-restricted-syntax': ['error', ...everywhere],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/settings.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'node:process', importNames: ['env'], message: 'Only src/settings.ts reads the environment.' },
          ],
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/settings.ts reads the environment.' },
      ],
    },
  },
  room('job', sandboxSafe),
  room('workflows', sandboxSafe),
  room('input', {
    patterns: packages(['@temporalio', 'undici'], 'src/input checks what an author says and asks nobody.'),
  }),
  room('keboola', { patterns: packages(['@temporalio'], 'src/keboola speaks HTTP and knows no Temporal.') }),
  { files: ['src/keboola/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...everywhere, wantsUnknown] } },
  room('sandbox', { patterns: packages(['@temporalio'], 'The sandbox shares nothing with the rest.') }),
  {
    files: ['src/cli/**/*.ts', 'src/operate/**/*.ts'],
    // The rim itself, and who waits for the streams to be empty.
    ignores: [
      'src/operate/colors.ts',
      'src/operate/standard-output.ts',
      'src/operate/terminal.ts',
      'src/cli/exit/leave.ts',
      'src/cli/main.ts',
      'src/cli/options/pour.ts',
    ],
    rules: {
      'no-restricted-imports': ['error', { paths: aroundTheRim }],
      'no-restricted-syntax': ['error', ...everywhere, writesToProcess],
    },
  },
  {
    files: ['src/workflows/**/*.ts', 'src/job/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'Buffer', 'fetch', 'setTimeout', 'setInterval', 'queueMicrotask', 'performance', 'crypto'].map(
          (name) => ({ name, message: 'Not in the workflow sandbox.' }),
        ),
      ],
    },
  },
  { files: ['src/job/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...everywhere, ...noModuleState] } },
  { files: ['src/workflows/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...inWorkflows, noMarkers] } },
  { files: WRITE_MARKERS, rules: { 'no-restricted-syntax': ['error', ...inWorkflows] } },
  {
    files: ['src/**/*.ts'],
    rules: { 'import-x/no-cycle': 'error', 'import-x/no-restricted-paths': ['error', { zones }] },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...everywhere, matchesNothing],
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
  {
    // They are programs that people copy: they talk, and read their own environment.
    files: ['examples/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['*.config.ts', 'src/types/*.d.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    ...tseslint.configs.disableTypeChecked,
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  prettier,
);
