/** What is left of a policy that is disabled: it allows nothing any more, and what it denied stays denied. */
import { isObject } from '../../contract/is-object.ts';
import type { PolicyDocument } from '../../model/policy.ts';

/** None where it denied nothing. */
export function denialsOf(document: PolicyDocument): readonly PolicyDocument[] {
  const denials = [document['Statement']].flat().filter((each) => isObject(each) && each['Effect'] === 'Deny');
  return denials.length === 0 ? [] : [{ ...document, Statement: denials }];
}
