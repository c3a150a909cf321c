/** Reads a document in IAM's policy language. What is not understood is refused: guessing would open or close doors. */
import { isObject } from '../../contract/is-object.ts';
import type { Named, Pattern, PolicyDocument, PolicyRules, Statement } from '../../model/policy.ts';
import { segmentsOf } from './arns.ts';
import { MalformedPolicy } from './malformed-policy.ts';
import { parseConditions } from './parse-conditions.ts';
import { requireMembers, textsAt } from './parse-members.ts';
import { parsePattern } from './patterns.ts';

/** The longest that IAM takes for a managed policy, several times over. */
const longest = 30_000;

export function parsePolicy(document: PolicyDocument): PolicyRules {
  requireMembers(document, 'The document', ['Version', 'Id', 'Statement']);
  if (JSON.stringify(document).length > longest) {
    throw new MalformedPolicy('The document', `must not be longer than ${longest} characters`);
  }
  const hasVariables = requireVersion(document['Version']);
  const written = [document['Statement']].flat();
  if (document['Statement'] === undefined || written.length === 0) {
    throw new MalformedPolicy('Statement', 'must have at least one statement');
  }
  return {
    statements: written.map((statement, index) => parseStatement(statement, `Statement[${index}]`, hasVariables)),
  };
}

/** Variables came with the newer version; without a version, a document is of the older one. */
function requireVersion(version: unknown = '2008-10-17'): boolean {
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    throw new MalformedPolicy('Version', 'must be 2012-10-17 or 2008-10-17');
  }
  return version === '2012-10-17';
}

function parseStatement(written: unknown, place: string, hasVariables: boolean): Statement {
  if (!isObject(written)) throw new MalformedPolicy(place, 'must be an object');
  requireMembers(written, place, ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']);
  const { Effect: effect, Condition: conditions } = written;
  if (effect !== 'Allow' && effect !== 'Deny') throw new MalformedPolicy(`${place}.Effect`, 'must be Allow or Deny');
  return {
    effect,
    actions: parseNamed(written, place, 'Action', parseAction),
    resources: parseNamed(written, place, 'Resource', (text, at) => parseResource(text, at, hasVariables)),
    conditions: parseConditions(conditions, `${place}.Condition`, hasVariables),
  };
}

type Parse<P> = (text: string, place: string) => P;

/** Either what is named or what is excepted. */
function parseNamed<P>(
  written: Readonly<Record<string, unknown>>,
  place: string,
  member: string,
  parse: Parse<P>,
): Named<P> {
  const names = [member, `Not${member}`].filter((name) => written[name] !== undefined);
  const [name] = names;
  if (name === undefined || names.length > 1) throw new MalformedPolicy(place, `must have ${member} or Not${member}`);
  const texts = textsAt(written[name], `${place}.${name}`);
  return { isExcept: name !== member, patterns: texts.map((text) => parse(text, `${place}.${name}`)) };
}

function parseAction(text: string, place: string): Pattern {
  const pattern = parsePattern(text.toLowerCase(), { wildcards: true, variables: false });
  const isAction = /^[\w-]+:[\w*?]+$/.test(text) || /^\*+$/.test(text);
  if (!pattern || !isAction) throw new MalformedPolicy(place, 'must have actions such as cognito-idp:ListUsers, or *');
  return pattern;
}

function parseResource(text: string, place: string, variables: boolean): readonly Pattern[] {
  const pattern = parsePattern(text, { wildcards: true, variables });
  const segments = pattern && segmentsOf(pattern);
  if (!segments) throw new MalformedPolicy(place, 'must have ARNs of six parts with variables that are known, or *');
  return segments;
}
