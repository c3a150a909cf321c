/** How operations on users and accounts come to refuse: what is the same for all of them, and what to make others from. */
import { expect } from 'vitest';
import { account } from '../../lambdas/account/index.ts';
import type { ErrorName } from '../../lambdas/core/contract/errors.ts';
import type { Operation, Operations } from '../../lambdas/core/contract/operation.ts';
import { users } from '../../lambdas/users/index.ts';
import { somePassword } from '../support/builders.ts';
import type { FailingWorld, Through } from './failing-world.ts';

/** That are built. */
export const operations: readonly Operation[] = [users, account]
  .flatMap((room) => Object.values<Operation>(room as Operations))
  .filter(({ handle }) => handle !== undefined);

export type Input = Readonly<Record<string, unknown>>;

/** A call that is refused so; a reason why there is none. */
export type Way = Occurrence | string;

export interface Occurrence {
  /** The whole refusal, or, with a final `…`, its beginning. */
  readonly says: string;
  call(world: FailingWorld, name: string): Promise<string>;
}

export type Ways = Readonly<Partial<Record<ErrorName, Way>>>;

export const occurs = (says: string, call: Occurrence['call']): Occurrence => ({ says, call });

export const next = 'Another-Horse-9';
/** The id of a session that nobody has. */
export const noSession = `tkn${'0'.repeat(25)}`;
const noTriggers = 'No function of the pool runs here.';
const noRoles = 'Every way that a message can be closed is in undelivered.test.ts, for all operations that send.';
const byPolicies = 'Whoever may not call it is refused by the policies, with AccessDeniedException.';
const isWhole = 'There is nothing of it that could be missing.';

const everywhere: Ways = {
  ForbiddenException: 'There is no web application firewall in front.',
  InvalidEmailRoleAccessPolicyException: noRoles,
  InvalidLambdaResponseException: noTriggers,
  InvalidSmsRoleAccessPolicyException: noRoles,
  InvalidSmsRoleTrustRelationshipException: noRoles,
  OperationNotEnabledException: isWhole,
  TooManyFailedAttemptsException: 'Who guesses too often hears LimitExceededException.',
  UnexpectedLambdaException: noTriggers,
  UserLambdaValidationException: noTriggers,
  InvalidParameterException: occurs('InvalidParameterException: 1 validation error detected: …', async (world, name) =>
    world.refusal(name, { ...(await inputOf(world, name)), UserPoolId: 'x', ClientId: '-', AccessToken: '!' }),
  ),
  InternalErrorException: through('broken', 'InternalErrorException: …'),
  TooManyRequestsException: through('throttled', 'TooManyRequestsException: Rate exceeded'),
};

export const ofAdministrators: Ways = {
  ...everywhere,
  NotAuthorizedException: byPolicies,
  ResourceNotFoundException: withInput('ResourceNotFoundException: User pool us-east-1_nobody does not exist.', {
    UserPoolId: 'us-east-1_nobody',
  }),
  UserNotFoundException: withInput('UserNotFoundException: User does not exist.', { Username: 'nobody' }),
};

export const ofPeople: Ways = {
  ...everywhere,
  NotAuthorizedException: withInput('NotAuthorizedException: Invalid Access Token', { AccessToken: 'a.b.c' }),
  ResourceNotFoundException: 'The token of a pool or client that is gone is no token any more.',
  UserNotFoundException: occurs('UserNotFoundException: User does not exist.', async (world, name) => {
    const person = await world.aPerson();
    await world.call('AdminDeleteUser', { UserPoolId: person.poolId, Username: person.username });
    return world.refusal(name, { ...inputs[name], AccessToken: person.token });
  }),
  UserNotConfirmedException: inState('UNCONFIRMED', 'UserNotConfirmedException: User is not confirmed.'),
  PasswordResetRequiredException: inState(
    'RESET_REQUIRED',
    'PasswordResetRequiredException: Password reset required for the user',
  ),
};

export const ofApplications: Ways = {
  ...everywhere,
  NotAuthorizedException: occurs('NotAuthorizedException: Client …', async (world, name) =>
    world.refusal(name, { ...(await inputOf(world, name)), ClientId: world.appWithSecret }),
  ),
  ResourceNotFoundException: withInput('ResourceNotFoundException: User pool client 0nobody does not exist.', {
    ClientId: '0nobody',
  }),
  UserNotFoundException: withInput('UserNotFoundException: Username/client id combination not found.', {
    Username: 'nobody',
  }),
};

/** What a call needs beside the user. */
export const inputs: Readonly<Record<string, Input>> = {
  AdminCreateUser: { Username: 'somebody-new', MessageAction: 'SUPPRESS' },
  AdminDeleteUserAttributes: { UserAttributeNames: ['name'] },
  AdminForgetDevice: { DeviceKey: 'us-east-1_0' },
  AdminGetDevice: { DeviceKey: 'us-east-1_0' },
  AdminRevokeUserSession: { SessionId: noSession },
  AdminUpdateDeviceStatus: { DeviceKey: 'us-east-1_0', DeviceRememberedStatus: 'remembered' },
  AdminSetUserPassword: { Password: next, Permanent: true },
  AdminSetUserSettings: { MFAOptions: [] },
  AdminUpdateUserAttributes: { UserAttributes: [{ Name: 'name', Value: 'Ada' }] },
  ChangePassword: { PreviousPassword: somePassword, ProposedPassword: next },
  CompleteWebAuthnRegistration: { Credential: {} },
  ConfirmDevice: { DeviceKey: 'us-east-1_0' },
  ConfirmForgotPassword: { ConfirmationCode: '1234567', Password: next },
  ConfirmSignUp: { ConfirmationCode: '1234567' },
  DeleteUserAttributes: { UserAttributeNames: ['name'] },
  DeleteWebAuthnCredential: { CredentialId: 'AAAA' },
  ForgetDevice: { DeviceKey: 'us-east-1_0' },
  GetDevice: { DeviceKey: 'us-east-1_0' },
  GetUserAttributeVerificationCode: { AttributeName: 'email' },
  RevokeUserSession: { SessionId: noSession },
  SetUserSettings: { MFAOptions: [] },
  SignUp: { Username: 'somebody-new', Password: next },
  UpdateDeviceStatus: { DeviceKey: 'us-east-1_0', DeviceRememberedStatus: 'remembered' },
  UpdateUserAttributes: { UserAttributes: [{ Name: 'name', Value: 'Ada' }] },
  VerifyUserAttribute: { AttributeName: 'email', Code: '1234567' },
};

/** A good call about a person of its own, as far as there can be one. */
export async function inputOf(world: FailingWorld, name: string): Promise<Input> {
  const { username, token } = await world.aPerson();
  const members = { UserPoolId: world.pool.id, ClientId: world.app.id, Username: username, AccessToken: token };
  const taken = Object.entries(members).filter(([member]) => Object.hasOwn(operationOf(name).input.members, member));
  return { ...Object.fromEntries(taken), ...inputs[name] };
}

const operationOf = (name: string): Operation => {
  const found = operations.find((operation) => operation.name === name);
  if (!found) throw new Error(`${name} is not built`);
  return found;
};

export function withInput(says: string, members: Input): Occurrence {
  return occurs(says, async (world, name) => world.refusal(name, { ...(await inputOf(world, name)), ...members }));
}

export function through(which: Through, says: string, members: Input = {}): Occurrence {
  return occurs(says, async (world, name) =>
    world.refusal(name, { ...(await inputOf(world, name)), ...members }, which),
  );
}

export function inState(status: 'UNCONFIRMED' | 'RESET_REQUIRED' | 'EXTERNAL_PROVIDER', says: string): Occurrence {
  return occurs(says, async (world, name) => {
    const person = await world.aPerson();
    await world.change(person, { status });
    const named = { UserPoolId: person.poolId, Username: person.username };
    const token = { AccessToken: person.token };
    const { caller } = operationOf(name);
    return world.refusal(name, { ...inputs[name], ...(caller.kind === 'token' ? token : named) });
  });
}

/** A pool whose triggers the operation would have to run. */
export function withTrigger(
  trigger: string,
  input: (world: FailingWorld, poolId: string) => Promise<Input>,
): Occurrence {
  return occurs(`OperationNotEnabledException: …`, async (world, name) => {
    const { id } = await world.aPool({
      AutoVerifiedAttributes: ['email'],
      LambdaConfig: { [trigger]: 'arn:aws:lambda:us-east-1:000000000000:function:any' },
    });
    return world.refusal(name, { ...inputs[name], ...(await input(world, id)) });
  });
}

/** Calls the operation until it is refused for its number. */
export function spent(
  most: number,
  says: string,
  asked: (world: FailingWorld, name: string) => Promise<Input>,
): Occurrence {
  return occurs(says, async (world, name) => {
    const input = await asked(world, name);
    for (let call = 0; call < most; call++) expect(await world.refusal(name, input)).not.toBe(says);
    return world.refusal(name, input);
  });
}
