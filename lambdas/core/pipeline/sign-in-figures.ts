/** What the line of a request tells of a sign-in: which way it went, without a word of who it was. */
import { attemptLimitExceeded, passwordAttemptsExceeded, Refusal } from '../contract/errors.ts';
import { isObject } from '../contract/is-object.ts';
import type { RequestLine } from '../ports/logger.ts';
import type { Exchange, Moment } from './exchange.ts';

type Figures = Pick<RequestLine, 'flow' | 'challenge' | 'tokens' | 'locked'>;

export function signInFigures({ internal: exchange, error }: Moment): Figures {
  return { flow: flowOf(exchange), locked: isLockout(error) ? true : undefined, ...answerOf(exchange) };
}

/** One of the names that the API lists: an input whose bounds hold can name no other. */
function flowOf({ operation, input }: Partial<Exchange>): string | undefined {
  const shape = operation?.input.members['AuthFlow'];
  const flow = input?.['AuthFlow'];
  return shape?.type === 'string' && shape.enum !== undefined && typeof flow === 'string' ? flow : undefined;
}

function answerOf({ outcome, output }: Partial<Exchange>): Figures {
  if (outcome?.name !== 'ok' || !isObject(output)) return {};
  const { ChallengeName: challenge, AuthenticationResult: result } = output;
  return {
    challenge: typeof challenge === 'string' ? challenge : undefined,
    tokens: isObject(result) ? tokens.filter((name) => typeof result[name] === 'string').length : undefined,
  };
}

const tokens = ['AccessToken', 'IdToken', 'RefreshToken'] as const;

const isLockout = (error: unknown): boolean =>
  error instanceof Refusal &&
  [passwordAttemptsExceeded(), attemptLimitExceeded()].some(
    ({ name, message }) => error.name === name && error.message === message,
  );
