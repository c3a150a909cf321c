/** The filter of ListUsers: `<name> = "<value>"` or `<name> ^= "<value>"`. */
import { filterUnreadable, searchAttributeInvalid } from '../core/contract/errors.ts';
import type { SearchableAttribute, UserQuery } from '../core/model/user-query.ts';

const searchable: ReadonlySet<string> = new Set<SearchableAttribute>([
  'username',
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'sub',
  'cognito:user_status',
  'status',
]);

/** Blanks may stand around each part; the name may be quoted; in the value, a backslash escapes quote and backslash. */
const grammar =
  /^\s*(?:"(?<quoted>[A-Za-z_:]+)"|(?<name>[A-Za-z_:]+))\s*(?<operator>\^?=)\s*"(?<value>(?:[^"\\]|\\["\\])*)"\s*$/;

/** No filter, or one of blanks alone, asks for everybody. */
export function requireFilter(text = ''): UserQuery {
  if (text.trim() === '') return { kind: 'all' };
  const parts = grammar.exec(text)?.groups;
  if (!parts) throw filterUnreadable();
  const attribute = parts['quoted'] ?? parts['name'] ?? '';
  if (!isSearchable(attribute)) throw searchAttributeInvalid(attribute);
  return {
    kind: 'match',
    attribute,
    operator: parts['operator'] === '=' ? '=' : '^=',
    value: (parts['value'] ?? '').replaceAll(/\\(["\\])/g, '$1'),
  };
}

const isSearchable = (name: string): name is SearchableAttribute => searchable.has(name);
