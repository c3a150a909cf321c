/** Checks an input against the bounds of its shape, and reports what it finds as the service does. */
import { brokenRules, notNull, rulesOf } from './constraints.ts';
import { constraintsViolated } from './errors.ts';
import { fieldsOf } from './fields.ts';
import type { Operation } from './operation.ts';
import type { ListShape, MapShape, Shape, StructureShape } from './shape.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** What `decode` read by the shape of the operation's input, once it is known to keep every bound of it. */
export function requireValid(operation: Operation, decoded: unknown): Fields {
  const found = violations(operation.input, decoded);
  if (found.length > 0) throw constraintsViolated(found);
  return asFields(decoded);
}

/** A request of a megabyte can hold a hundred thousand mistakes; nobody reads more than these. */
const mostReported = 100;

/** One clause for each violated rule, in the order of the members. */
export function violations(shape: Shape, value: unknown): readonly string[] {
  const report = new Report();
  check(shape, value, '', false, report);
  return report.clauses;
}

/** What has been found, up to the bound. */
class Report {
  readonly clauses: string[] = [];

  get isFull(): boolean {
    return this.clauses.length >= mostReported;
  }

  add(shown: string, path: string, rule: string): void {
    if (!this.isFull) this.clauses.push(`Value ${shown}at '${path}' failed to satisfy constraint: ${rule}`);
  }
}

/** `hidden` says that something around the value is sensitive, and so all of it. */
function check(shape: Shape, value: unknown, path: string, hidden: boolean, report: Report): void {
  const secret = hidden || shape.sensitive === true;
  for (const rule of brokenRules(shape, value)) report.add(show(shape, value, secret), path, rule);
  if (shape.type === 'structure') checkStructure(shape, asFields(value), path, secret, report);
  else if (shape.type === 'list' && Array.isArray(value)) checkList(shape, value, path, secret, report);
  else if (shape.type === 'map') checkMap(shape, asFields(value), path, secret, report);
}

function checkStructure(
  structure: StructureShape,
  values: Fields,
  outer: string,
  secret: boolean,
  report: Report,
): void {
  for (const { name, path: own, shape, required } of fieldsOf(structure)) {
    const path = outer === '' ? own : `${outer}.${own}`;
    const value = values[name];
    if (value !== undefined) check(shape, value, path, secret, report);
    else if (required) report.add(secret || shape.sensitive ? '' : 'null ', path, notNull);
  }
}

/** Structures are reported one by one; scalars once for the list, with all the rules that its elements have. */
function checkList(list: ListShape, items: readonly unknown[], path: string, secret: boolean, report: Report): void {
  const { member } = list;
  if (member.type === 'structure') {
    for (let index = 0; index < items.length && !report.isFull; index++) {
      check(member, items[index], `${path}.${index + 1}.member`, secret, report);
    }
  } else if (items.some((item) => brokenRules(member, item).length > 0)) {
    const rule = `Member must satisfy constraint: [${rulesOf(member).join(', ')}]`;
    report.add(show(list, items, secret), path, rule);
  }
}

/** The keys of a sensitive map are in the caller's words as well, and not echoed. */
function checkMap({ key, value }: MapShape, entries: Fields, path: string, secret: boolean, report: Report): void {
  const names = Object.keys(entries);
  if (names.some((name) => brokenRules(key, name).length > 0)) {
    report.add('', path, `Map keys must satisfy constraint: [${rulesOf(key).join(', ')}]`);
  }
  for (const name of names) {
    if (report.isFull) return;
    check(value, entries[name], secret || key.sensitive ? `${path}.member` : `${path}.${name}.member`, secret, report);
  }
}

/** Scalars and lists of scalars; any other value is left out, because what is sensitive may be inside. */
function show(shape: Shape, value: unknown, secret: boolean): string {
  if (secret) return '';
  if (shape.type === 'list') return Array.isArray(value) ? showList(shape.member, value) : '';
  return isComposite(value) ? '' : `'${value}' `;
}

const showList = (member: Shape, items: readonly unknown[]): string =>
  member.sensitive || items.some(isComposite) ? '' : `'[${items.join(', ')}]' `;

const isComposite = (value: unknown): boolean => typeof value === 'object';

// Decoded structures and maps are objects.
const asFields = (value: unknown): Fields => value as Fields;
