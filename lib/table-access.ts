/** Turns what is done with which rows into statements of a role: actions by name, rows by the keys that they begin with. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { listPartitions, type RowKind, rows } from './rows.ts';
import { indexNames, type NamedTable } from './table.ts';

/** A transaction asks for the right to each of its parts, `check` among them. */
const actions = {
  get: 'dynamodb:GetItem',
  getMany: 'dynamodb:BatchGetItem',
  query: 'dynamodb:Query',
  put: 'dynamodb:PutItem',
  update: 'dynamodb:UpdateItem',
  remove: 'dynamodb:DeleteItem',
  removeMany: 'dynamodb:BatchWriteItem',
  check: 'dynamodb:ConditionCheckItem',
} as const;

export type Verb = keyof typeof actions;

/** `lists`: the first index. `filters`: the others, which hold users alone and need no pattern. */
export type IndexUse = 'lists' | 'filters';

export interface TableUse {
  readonly rows: Partial<Readonly<Record<RowKind, readonly Verb[]>>>;
  readonly indexes?: readonly IndexUse[];
}

export function tableStatements(table: NamedTable, uses: readonly TableUse[]): readonly PolicyStatement[] {
  return [
    ...alikeStatements(table, kindsByVerb(uses)),
    ...indexStatements(table, new Set(uses.flatMap(({ indexes = [] }) => indexes))),
  ];
}

/**
 * Verbs that are used with the same rows share a statement. No verb is in two: a batch or a transaction may hold rows of
 * several kinds, and one statement has to cover all of the keys that come with an action.
 */
function alikeStatements(table: NamedTable, kinds: KindsByVerb): readonly PolicyStatement[] {
  const alike = Map.groupBy([...kinds], ([, used]) => [...used].toSorted().join());
  return [...alike.values()].map((group) =>
    rowStatement(
      [table.tableArn],
      group.map(([verb]) => actions[verb]).toSorted(),
      [...(group[0]?.[1] ?? [])].map((kind) => rows[kind]),
    ),
  );
}

type KindsByVerb = ReadonlyMap<Verb, ReadonlySet<RowKind>>;

function kindsByVerb(uses: readonly TableUse[]): KindsByVerb {
  const all = new Map<Verb, Set<RowKind>>();
  for (const use of uses) {
    // Object.entries forgets that the keys of a table are its names.
    for (const [kind, verbs] of Object.entries(use.rows) as [RowKind, readonly Verb[]][]) {
      for (const verb of verbs) all.set(verb, (all.get(verb) ?? new Set()).add(kind));
    }
  }
  return all;
}

const rowStatement = (resources: string[], allowed: string[], keys: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    actions: allowed,
    resources,
    // Every action here names its keys, so there is no request in which they could be missing.
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...keys] } },
  });

function indexStatements(table: NamedTable, used: ReadonlySet<IndexUse>): readonly PolicyStatement[] {
  const [lists, ...filters] = indexNames.map((name) => `${table.tableArn}/index/${name}`);
  const statements: PolicyStatement[] = [];
  if (used.has('lists') && lists) statements.push(rowStatement([lists], [actions.query], listPartitions));
  if (used.has('filters')) statements.push(new PolicyStatement({ actions: [actions.query], resources: filters }));
  return statements;
}
