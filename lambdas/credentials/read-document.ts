/** Reads a policy of a request: an object, or the text of one, as people are used to. */
import { policyMalformed } from '../core/contract/errors.ts';
import { isObject } from '../core/contract/is-object.ts';
import type { PolicyDocument } from '../core/model/policy.ts';
import { parseBounded } from '../core/pipeline/parse-body.ts';
import { MalformedPolicy } from '../core/rules/policies/malformed-policy.ts';
import { parsePolicy } from '../core/rules/policies/parse-policy.ts';

export function readDocument(given: unknown): PolicyDocument {
  const document = typeof given === 'string' ? parseText(given) : given;
  if (!isObject(document)) throw policyMalformed('A policy must be an object, or its JSON text');
  try {
    parsePolicy(document);
    return document;
  } catch (error) {
    if (error instanceof MalformedPolicy) throw policyMalformed(error.message);
    throw error;
  }
}

function parseText(text: string): unknown {
  try {
    return parseBounded(Buffer.from(text));
  } catch {
    throw policyMalformed('A policy must be an object, or its JSON text');
  }
}
