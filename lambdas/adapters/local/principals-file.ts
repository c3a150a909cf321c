/** Reads who may sign requests, and what each of them may do. */
import { isObject } from '../../core/contract/is-object.ts';
import type { PolicyDocument } from '../../core/model/policy.ts';
import { isBuiltInPrincipal } from '../../core/rules/access/built-in.ts';
import { MalformedPolicy } from '../../core/rules/policies/malformed-policy.ts';
import { parsePolicy } from '../../core/rules/policies/parse-policy.ts';
import { badOption } from './cannot-start.ts';
import { readYamlFile } from './yaml-file.ts';

export interface PrincipalDocument {
  /** What a profile and an ARN are named by. */
  readonly name: string;
  /** In IAM's policy language. */
  readonly policy: PolicyDocument;
  /** What `aws:PrincipalTag` is read from. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** A file, or a list of the same form. */
export async function readPrincipals(
  given: string | readonly PrincipalDocument[] = [],
): Promise<readonly PrincipalDocument[]> {
  if (typeof given !== 'string') return checkPrincipals(given, 'principals');
  return checkPrincipals(await readYamlFile(given, 'principals file'), given);
}

/** The list, or a sentence that names the place where it is wrong. */
function checkPrincipals(value: unknown, source: string): readonly PrincipalDocument[] {
  if (!Array.isArray(value)) throw badOption(`${source}: the file must be a list of principals.`);
  const all = value.map((each, index) => checkPrincipal(each, `${source}: [${index}]`));
  const names = all.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) throw badOption(`${source}: there is more than one principal ${repeated}.`);
  return all;
}

/** As of users in IAM. */
const nameForm = /^[\w+=,.@-]{1,64}$/;
const members = ['name', 'policy', 'tags'];

function checkPrincipal(value: unknown, place: string): PrincipalDocument {
  if (!isObject(value)) throw badOption(`${place} must have the members ${members.join(', ')}.`);
  const stray = Object.keys(value).find((name) => !members.includes(name));
  if (stray !== undefined) throw badOption(`${place} cannot have ${stray}, only ${members.join(', ')}.`);
  const { name, policy, tags = {} } = value;
  if (typeof name !== 'string' || !nameForm.test(name)) {
    throw badOption(`${place}.name must be 1 to 64 letters, digits and characters of +=,.@_-.`);
  }
  if (isBuiltInPrincipal(name)) throw badOption(`${place}.name cannot be ${name}, which is built in.`);
  if (!isTags(tags)) throw badOption(`${place}.tags must have names and texts; put the texts in quotes.`);
  return { name, policy: checkPolicy(policy, `${place}.policy`), tags };
}

function checkPolicy(value: unknown, place: string): PolicyDocument {
  if (!isObject(value)) throw badOption(`${place} must be a policy as IAM has them.`);
  try {
    parsePolicy(value);
    return value;
  } catch (error) {
    if (error instanceof MalformedPolicy) throw badOption(`${place}: ${error.message}.`);
    throw error;
  }
}

const isTags = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every((tag) => typeof tag === 'string');
