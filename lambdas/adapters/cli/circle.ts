/** Keeps whoever signs for credentials of the service from signing with credentials of the service. */
import { failed } from './cannot-do.ts';

/** Told to the processes that this one starts, of which one may be this very command. */
const variable = 'MILLPOND_UNDER_WAY';

const sentence =
  'The AWS profile to sign with is made by `millpond credentials` itself: name another one with --profile.';

export function enter(environment: Record<string, string | undefined>): void {
  if (environment[variable] !== undefined) throw failed(sentence);
  environment[variable] = '1';
}

/** Whether a process that was started for credentials ended because it was started by this one. */
export const isCircle = (error: unknown): boolean => error instanceof Error && error.message.includes(sentence);

export const circle = () => failed(sentence);
