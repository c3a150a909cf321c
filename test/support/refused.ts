/** What the service answers to a call that it refuses, as a client of the SDK reads it. */
import { CognitoIdentityProviderServiceException } from '@aws-sdk/client-cognito-identity-provider';

/** `<name>: <message>`; any other failure fails the test. */
export async function refused(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof CognitoIdentityProviderServiceException)) throw error;
    return `${error.name}: ${error.message}`;
  }
  return 'nothing is refused';
}

/** The answers of calls made at once: `done`, or what was refused. */
export const outcomes = (calls: readonly Promise<unknown>[]): Promise<readonly string[]> =>
  Promise.all(calls.map(async (call) => (await refused(call)).replace('nothing is refused', 'done')));
