/** Says what is wrong with an answer, whatever was asked: every answer keeps these rules. */
import { protocolErrors } from '../../lambdas/core/contract/errors.ts';
import type { Operation } from '../../lambdas/core/contract/operation.ts';
import type { Shape } from '../../lambdas/core/contract/shape.ts';
import type { RequestLine } from '../../lambdas/core/ports/logger.ts';
import { SECRET_MARK } from './marked-secrets.ts';
import type { RawAnswer } from './wire.ts';

export interface Judged {
  /** Absent where the request may name none. */
  readonly operation?: Operation | undefined;
  readonly answer: RawAnswer;
  /** What was logged of it. */
  readonly lines?: readonly RequestLine[];
  /** Sensitive texts of the request, beside those that carry the mark. */
  readonly secrets?: readonly string[];
}

/** Undefined where all is in order. */
export function faultOf(judged: Judged): string | undefined {
  const { answer } = judged;
  return formFault(answer) ?? (answer.status === 200 ? undefined : errorFault(judged)) ?? leak(judged);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function formFault({ status, headers, body }: RawAnswer): string | undefined {
  if (![200, 400, 413].includes(status)) return `the status is ${status}`;
  if (!uuid.test(headers['x-amzn-requestid'] ?? '')) return 'there is no request id';
  const unprintable = Object.entries(headers).find(([, value]) => !/^[\t -~]*$/.test(value));
  if (unprintable) return `the header ${unprintable[0]} is not printable`;
  return body === '' || isObject(jsonOf(body)) ? undefined : 'the body is no JSON object';
}

/** What any operation may answer beside what it declares: constraints are checked for all of them. */
const always: readonly string[] = [...protocolErrors, 'InvalidParameterException'];

function errorFault({ operation, answer: { status, headers, body } }: Judged): string | undefined {
  const { __type: name, Message, message = Message } = jsonOf(body) as Readonly<Partial<Record<string, string>>>;
  if (name === undefined || typeof message !== 'string') return 'the error has no name or no message';
  if (Message !== undefined && name !== 'AccessDeniedException') return 'the message is spelt as that of policies';
  if (headers['x-amzn-errortype'] !== `${name}:`) return 'header and body name different errors';
  if ((status === 413) !== (name === 'RequestEntityTooLargeException')) return `${name} has the status ${status}`;
  return mayRefuse(operation, name) ? undefined : `${name} is not declared`;
}

function mayRefuse(operation: Operation | undefined, name: string): boolean {
  if (always.includes(name)) return true;
  if (operation === undefined) return false;
  const { errors, unlistedErrors = [], handle } = operation;
  const declared: readonly string[] = [...errors, ...unlistedErrors];
  return declared.includes(name) || (handle === undefined && name === 'OperationNotEnabledException');
}

/** A good answer may show what is sensitive where its shape says so, and nowhere else. */
function leak({ operation, answer, lines = [], secrets = [] }: Judged): string | undefined {
  const { status, headers, body } = answer;
  const output = operation?.output;
  const shown = status === 200 && output ? JSON.stringify(withoutSensitive(output, jsonOf(body))) : body;
  const places = {
    body: withoutKnown(shown),
    headers: withoutKnown(JSON.stringify(headers)),
    log: JSON.stringify(lines),
  };
  for (const [place, text] of Object.entries(places)) {
    if (text.includes(SECRET_MARK)) return `a marked secret is in the ${place}`;
    if (secrets.some((secret) => text.includes(secret))) return `a secret is in the ${place}`;
  }
  return undefined;
}

/** Messages of the real service that name a client, which is no secret although its shape says so, or a user. */
export const withoutKnown = (text: string): string =>
  text
    .replaceAll(/User pool client [\w+]+ does not exist/g, '')
    .replaceAll(/Resend not possible\. .*? status is not/gs, '');

/** What its shape calls sensitive is left out, keys and all. */
function withoutSensitive(shape: Shape, json: unknown): unknown {
  if (shape.sensitive) return undefined;
  if (shape.type === 'list' && Array.isArray(json)) return json.map((item) => withoutSensitive(shape.member, item));
  if (!isObject(json)) return json;
  if (shape.type === 'map') return mapValues(json, (value) => withoutSensitive(shape.value, value));
  if (shape.type !== 'structure') return json;
  const { members } = shape;
  return mapValues(json, (value, name) => {
    const member = members[name];
    // The one map without a mark of its own that is made to tell a client whom it signs in.
    return member === undefined ? value : name === 'ChallengeParameters' ? undefined : withoutSensitive(member, value);
  });
}

const mapValues = (json: Readonly<Record<string, unknown>>, change: (value: unknown, name: string) => unknown) =>
  Object.fromEntries(Object.entries(json).map(([name, value]) => [name, change(value, name)]));

function jsonOf(body: string): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);
