/** Signs in by every way but the pools' own functions, so that every right of the roles that this takes has a use. */
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { RunningStack } from '../support/cloud/run-assembly.ts';
import { chooseCodes, showCodes } from './code-life.ts';
import { keepDevices, keepPasskeys } from './possession-life.ts';
import { actForApplications, endSessions } from './session-life.ts';
import { townOf } from './sign-in-place.ts';

export async function signInLife(stack: RunningStack, sdk: CognitoIdentityProviderClient): Promise<void> {
  const town = townOf(stack, sdk);
  await showCodes(town);
  await chooseCodes(town);
  await keepPasskeys(town);
  await keepDevices(town);
  await endSessions(town);
  await actForApplications(town);
}
