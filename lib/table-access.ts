/** Turns what is done with which rows into statements of a role: actions by name, rows by the keys that they begin with. */
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { listPartitions, type RowKind, rows } from './rows.ts';
import { indexNames } from './table.ts';

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

export function tableStatements(table: Table, uses: readonly TableUse[]): readonly PolicyStatement[] {
  const verbs = verbsByRow(uses);
  return [
    ...alikeStatements(table, verbs),
    ...batchVerbs.flatMap((verb) => batchStatement(table, verb, verbs)),
    ...indexStatements(table, new Set(uses.flatMap(({ indexes = [] }) => indexes))),
  ];
}

const batchVerbs = ['getMany', 'removeMany'] as const satisfies readonly Verb[];

/** Rows that are used alike, one by one, share a statement. */
function alikeStatements(table: Table, verbs: UsesOfRows): readonly PolicyStatement[] {
  const single = [...verbs].map(([kind, used]) => [kind, [...used].filter(isSingle).toSorted()] as const);
  const alike = Map.groupBy(
    single.filter(([, used]) => used.length > 0),
    ([, used]) => used.join(),
  );
  return [...alike.values()].map((group) =>
    rowStatement(
      [table.tableArn],
      (group[0]?.[1] ?? []).map((verb) => actions[verb]),
      group.map(([kind]) => rows[kind]),
    ),
  );
}

const isSingle = (verb: Verb): boolean => !batchVerbs.some((one) => one === verb);

/** A batch may hold rows of several kinds, and one statement has to cover all of its keys. */
function batchStatement(table: Table, verb: Verb, verbs: UsesOfRows): readonly PolicyStatement[] {
  const kinds = [...verbs].filter(([, used]) => used.has(verb)).map(([kind]) => rows[kind]);
  return kinds.length === 0 ? [] : [rowStatement([table.tableArn], [actions[verb]], kinds)];
}

type UsesOfRows = ReadonlyMap<RowKind, ReadonlySet<Verb>>;

function verbsByRow(uses: readonly TableUse[]): UsesOfRows {
  const all = new Map<RowKind, Set<Verb>>();
  for (const use of uses) {
    // Object.entries forgets that the keys of a table are its names.
    for (const [kind, verbs] of Object.entries(use.rows) as [RowKind, readonly Verb[]][]) {
      const known = all.get(kind) ?? new Set();
      for (const verb of verbs) known.add(verb);
      all.set(kind, known);
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

function indexStatements(table: Table, used: ReadonlySet<IndexUse>): readonly PolicyStatement[] {
  const [lists, ...filters] = indexNames.map((name) => `${table.tableArn}/index/${name}`);
  const statements: PolicyStatement[] = [];
  if (used.has('lists') && lists) statements.push(rowStatement([lists], [actions.query], listPartitions));
  if (used.has('filters')) statements.push(new PolicyStatement({ actions: [actions.query], resources: filters }));
  return statements;
}
