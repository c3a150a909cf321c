/** Who may import whom: the table of docs/architecture.md as rules of dependency-cruiser, one for each row. */
import type { IForbiddenRuleType } from 'dependency-cruiser';

export interface Row {
  readonly name: string;
  /** Why the row is there. */
  readonly reason: string;
  /** Regular expressions on paths from the root of the repository. `$1` in `may` is the first group of `from`. */
  readonly from: string;
  readonly except?: string;
  readonly may: readonly string[];
}

const rooms = [
  'account',
  'auth',
  'branding',
  'clients',
  'credentials',
  'federation',
  'groups',
  'identity-pools',
  'imports',
  'pools',
  'users',
  'wellknown',
  'worker',
].join('|');

/** Where ports and rooms meet. Everything else is handed what it needs. */
const composition = ['^lambdas/adapters/aws\\.ts$', '^lambdas/adapters/one-machine\\.ts$'].join('|');

/** Those that came late are known by their prefix alone. */
const builtin = '^(node:)?[a-z_/]+$';
const npm = (...names: readonly string[]): string => `^node_modules/(${names.join('|')})/`;

export const rows: readonly Row[] = [
  {
    name: 'model-stands-alone',
    reason: 'The nouns and their invariants read the same whatever stores, signs or serves them.',
    from: '^lambdas/core/model/',
    may: ['^lambdas/core/model/'],
  },
  {
    name: 'ports-speak-of-the-model',
    reason: 'A port is a question in the words of the model; it knows nobody who asks or answers.',
    from: '^lambdas/core/ports/',
    may: ['^lambdas/core/(ports|model)/'],
  },
  {
    name: 'core-has-no-outside',
    reason: 'What decides must run anywhere and be tested as plain functions: no I/O, no SDK, no environment.',
    from: '^lambdas/core/',
    may: ['^lambdas/core/', '^crypto$', npm('@middy/core', 'otpauth')],
  },
  {
    name: 'rooms-are-apart',
    reason: 'A room is a function of its own: what it imports is bundled with it and widens its role.',
    from: `^lambdas/(${rooms})/`,
    except: '/handler\\.ts$',
    may: ['^lambdas/$1/', '^lambdas/core/', '^crypto$'],
  },
  {
    name: 'pages-are-apart',
    reason: 'What people open in a browser is a room as well; it alone writes HTML.',
    from: '^lambdas/web/',
    except: '/handler\\.ts$',
    may: ['^lambdas/web/', '^lambdas/core/', '^crypto$', npm('hono')],
  },
  {
    name: 'handlers-compose-one-room',
    reason: 'The table of all rooms would put every room into every bundle.',
    from: `^lambdas/(${rooms}|web)/handler\\.ts$`,
    may: ['^lambdas/$1/', '^lambdas/core/', '^lambdas/adapters/aws\\.ts$'],
  },
  {
    name: 'one-handler-composes-all',
    reason:
      'For accounts that can have no edge there is one function of all rooms; nothing else may hold them together.',
    from: '^lambdas/handler\\.ts$',
    may: ['^lambdas/index\\.ts$', '^lambdas/core/', '^lambdas/adapters/aws\\.ts$'],
  },
  {
    name: 'index-lists-rooms',
    reason: 'The infrastructure reads this table while it is synthesized: nothing but the rooms may hang on it.',
    from: '^lambdas/index\\.ts$',
    may: [`^lambdas/(${rooms})/`, '^lambdas/core/'],
  },
  {
    name: 'adapters-answer-ports',
    reason: 'An adapter translates between a port and one technology; decisions stay in core and rooms.',
    from: '^lambdas/adapters/',
    except: composition,
    may: ['^lambdas/core/', '^lambdas/adapters/', builtin, '^node_modules/'],
  },
  {
    name: 'one-machine-stays-home',
    reason: 'What serves one machine (files for keys, an outbox for messages) must not reach a bundle for AWS.',
    from: '^lambdas/adapters/',
    except: '^lambdas/adapters/((local|cli)/|one-machine\\.ts$)',
    may: ['^lambdas/core/', '^lambdas/adapters/(?!local/|cli/|one-machine)', builtin, '^node_modules/'],
  },
  {
    name: 'infrastructure-reads-data',
    reason: 'Synthesizing a template must not load what runs behind it: the rooms and the keys of the table are data.',
    from: '^lib/',
    may: [
      '^lib/',
      '^lambdas/index\\.ts$',
      '^lambdas/core/contract/',
      '^lambdas/adapters/dynamodb/keys\\.ts$',
      builtin,
      npm('aws-cdk-lib', 'constructs', 'esbuild'),
    ],
  },
  {
    name: 'product-without-tests',
    reason: 'Nothing that ships may need what is written to test, check or measure it.',
    from: '^(bin|lambdas|lib)/',
    may: ['^(bin|lambdas|lib)/', builtin, '^node_modules/', '^package\\.json$'],
  },
  {
    name: 'entry-points-are-last',
    reason: 'Importing an entry point would start it; the one that a function call starts is there to be imported.',
    from: '^(lambdas|lib|test|tools|bench)/',
    may: [
      '^(lambdas|lib|test|tools|bench)/',
      '^bin/start-millpond\\.ts$',
      builtin,
      '^node_modules/',
      '^(package|cdk)\\.json$',
    ],
  },
  {
    name: 'tools-stand-apart',
    reason: 'A check that needs the product to work cannot report that it does not.',
    from: '^tools/',
    may: ['^tools/', builtin, '^node_modules/'],
  },
];

const fromRow = ({ name, reason, from, except, may }: Row): IForbiddenRuleType => ({
  name,
  comment: reason,
  severity: 'error',
  from: { path: from, ...(except === undefined ? {} : { pathNot: except }) },
  to: { pathNot: [...may] },
});

export const missing = 'no-missing-files';

/** Beside the table: what holds everywhere. */
const everywhere: readonly IForbiddenRuleType[] = [
  {
    name: 'no-cycles',
    comment: 'Files that need each other are one file, or lack a third one below them. Types count.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: missing,
    comment: 'An import that leads nowhere is invisible to every other rule.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'no-development-packages',
    comment: 'What runs is installed without development packages; what deploys it is run in a checkout that has them.',
    severity: 'error',
    from: { path: '^(bin|lambdas)/', pathNot: '^bin/cdk\\.ts$' },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
  },
];

export const rules: readonly IForbiddenRuleType[] = [...rows.map(fromRow), ...everywhere];
