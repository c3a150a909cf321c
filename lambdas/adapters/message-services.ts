/** What all services that send have in common: patience, and failures that give nobody away. */
import { DeliveryFailed } from '../core/ports/messenger.ts';

/** For every client; an API call may take 29 s in all. */
export const patience = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 1000,
    requestTimeout: 3000,
    // Without it an overdue request is reported and waited for.
    throwOnRequestTimeout: true,
  },
} as const;

/** As errors of the SDK are, or not at all. */
export interface ServiceError {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** In the words of all these services: whoever asked may not. */
const isDenied = ({ name = '' }: ServiceError): boolean => /^(?:AccessDenied|AuthorizationError)/.test(name);

/**
 * The service's own words name recipients and senders, so only its codes are passed on. `isClosed` says of which errors it is
 * the way that is closed, and not this message that is refused.
 */
export function notTaken(service: string, isClosed: (error: ServiceError) => boolean = isDenied) {
  return (error: unknown): never => {
    if (error instanceof DeliveryFailed) throw error;
    // Every error of the SDK has these members or lacks them.
    const given = Object(error) as ServiceError;
    const failure = `${service} did not take the message (${codesOf(given)}).`;
    throw new DeliveryFailed(failure, { obstacle: isClosed(given) ? 'permission' : undefined });
  };
}

/** The name of the error, and the status where there is one. */
function codesOf({ name = '', $metadata }: ServiceError): string {
  const codes = [/^\w{1,64}$/.test(name) ? name : 'Error', $metadata?.httpStatusCode];
  return codes.filter((code) => code !== undefined).join(' ');
}

/** By which a role was not let in. */
export const notAssumed = (error: unknown): never => {
  const given = Object(error) as ServiceError;
  const failure = `The role of the pool could not be taken on (${codesOf(given)}).`;
  throw new DeliveryFailed(failure, { obstacle: isDenied(given) ? 'role' : undefined });
};
