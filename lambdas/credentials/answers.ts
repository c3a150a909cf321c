/** How this room answers: JSON that nobody keeps, and for what is refused the status that IAM would answer. */
import type { Refusal } from '../core/contract/errors.ts';
import { explain } from '../core/pipeline/explain.ts';
import type { Answer } from '../core/pipeline/gateway-events.ts';

export interface Outcome {
  readonly answer: Answer;
  /** `ok`, or the name of the error. */
  readonly name: string;
  readonly fault?: unknown;
}

export const okAnswer = (requestId: string, output: unknown): Outcome => ({
  answer: answerOf(requestId, 200, output),
  name: 'ok',
});

export function refusalOutcome(requestId: string, error: unknown): Outcome {
  const { refusal, status, fault } = explain(error, undefined);
  const { name, message } = refusal;
  return { answer: answerOf(requestId, statuses[name] ?? status, { __type: name, message }), name, fault };
}

const statuses: Readonly<Partial<Record<Refusal['name'], number>>> = {
  AccessDeniedException: 403,
  ConcurrentModificationException: 409,
  DeleteConflictException: 409,
  EntityAlreadyExistsException: 409,
  ExpiredTokenException: 403,
  IncompleteSignatureException: 403,
  InvalidSignatureException: 403,
  LimitExceededException: 409,
  MissingAuthenticationTokenException: 403,
  NoSuchEntityException: 404,
  UnknownOperationException: 404,
  UnrecognizedClientException: 403,
};

/** Without CORS: no page has any business here. */
const answerOf = (requestId: string, status: number, body: unknown): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'x-amzn-RequestId': requestId },
  body: JSON.stringify(body),
});
