/** Every error that an operation on users and accounts declares: how it comes about, or why it cannot. */
import { describe, expect, test } from 'vitest';
import { somePassword } from '../support/builders.ts';
import { tracking } from '../support/client-sessions.ts';
import { aDevice } from '../support/devices.ts';
import { hour, otherThan, tokenOf } from '../support/people.ts';
import { signingIn } from '../support/signing-in.ts';
import { deviceVerifier } from '../support/srp-client.ts';
import { arnOf } from './failing-functions.ts';
import { email, type FailingWorld, failingWorld } from './failing-world.ts';
import { passkeyRefusals } from './passkey-refusals.ts';
import {
  type Input,
  inputOf,
  inputs,
  inState,
  next,
  noSession,
  occurs,
  ofAdministrators,
  ofApplications,
  ofPeople,
  operations,
  spent,
  through,
  type Ways,
  withInput,
  withTrigger,
} from './refusal-ways.ts';
import { throughFunction } from './trigger-refusals.ts';

const verified = { email, email_verified: 'true' };

const aUserOf = async (world: FailingWorld, poolId: string) => {
  const { username } = await world.aUser({ id: poolId }, { attributes: verified });
  return { Username: username };
};

const administered = async (world: FailingWorld, poolId: string) => ({
  UserPoolId: poolId,
  ...(await aUserOf(world, poolId)),
});

const applied = async (world: FailingWorld, poolId: string) => {
  const { id } = await world.aClient({ id: poolId });
  return { ClientId: id, ...(await aUserOf(world, poolId)) };
};

const tokenFor = async ({ client, aClient }: FailingWorld, poolId: string, username: string) => ({
  AccessToken: await tokenOf(client, await aClient({ id: poolId }), { username }),
});

const signedIn = async (world: FailingWorld, poolId: string) => {
  const { Username } = await aUserOf(world, poolId);
  return tokenFor(world, poolId, Username);
};

const attempts = 'LimitExceededException: Attempt limit exceeded, please try after some time.';
const mismatch = 'CodeMismatchException: Invalid verification code provided, please try again.';
const expired = 'ExpiredCodeException: Invalid code provided, please request a code again.';
const notSent = 'CodeDeliveryFailureException: The email message could not be sent.';
const inThisState = 'NotAuthorizedException: User password cannot be reset in the current state.';
const weak = (prefix: string) => `InvalidPasswordException: ${prefix}: Password not long enough`;
const first = 'Password did not conform with policy';
const later = 'Password does not conform to policy';
const usedBefore = 'PasswordHistoryPolicyViolationException: Password has previously been used.';
const noLimit = 'What administrators ask for is not counted.';
const newEmail = { UserAttributes: [{ Name: 'email', Value: 'other@example.com' }] };

const remembering = { Policies: { PasswordPolicy: { PasswordHistorySize: 2 } } };

/** The code that a call sends a person. */
const codeBy = async (
  world: FailingWorld,
  person: { username: string; poolId: string },
  name: string,
  input: Input,
) => {
  expect(await world.refusal(name, input)).toBe('nothing is refused');
  return world.outbox.codeFor(person);
};

const forgotten = async (world: FailingWorld) => {
  const person = await world.aPerson();
  const named = { ClientId: world.app.id, Username: person.username };
  return { ...named, Password: next, ConfirmationCode: await codeBy(world, person, 'ForgotPassword', named) };
};

/** Registered in this very pool. */
const aWaiting = async (world: FailingWorld, poolId: string) => {
  const { id: ClientId } = await world.aClient({ id: poolId });
  const named = { ClientId, Username: 'waiting' };
  const asked = { ...named, Password: next, UserAttributes: [{ Name: 'email', Value: email }] };
  return { ...named, ConfirmationCode: await codeBy(world, { username: 'waiting', poolId }, 'SignUp', asked) };
};

const verifying = async (world: FailingWorld) => {
  const person = await world.aPerson();
  const asked = { AccessToken: person.token, AttributeName: 'email' };
  return { ...asked, Code: await codeBy(world, person, 'GetUserAttributeVerificationCode', asked) };
};

const registered = async (world: FailingWorld, settings?: Parameters<FailingWorld['aRegistration']>[0]) => {
  const { app, username, code, poolId } = await world.aRegistration(settings);
  return { poolId, input: { ClientId: app.id, Username: username, ConfirmationCode: code } };
};

const wrongCode = async (world: FailingWorld) => {
  const { input } = await registered(world);
  return { ...input, ConfirmationCode: otherThan(input.ConfirmationCode) };
};

/** The address that the caller wants is somebody else's. */
const aliasPool = { AliasAttributes: ['email' as const] };
const holderOf = (world: FailingWorld, poolId: string) =>
  world.aUser({ id: poolId }, { username: 'holder', attributes: verified });

const noDevice = 'ResourceNotFoundException: Device does not exist.';
const ofDevices: Ways = {
  ResourceNotFoundException: withInput(noDevice, {}),
  InvalidUserPoolConfigurationException: 'Where devices are not tracked, there are none.',
};

const contended = through('contended', 'TooManyRequestsException: Rate exceeded');
const notConfirmed = inState('UNCONFIRMED', 'UserNotConfirmedException: User is not confirmed.');
const resetRequired = inState('RESET_REQUIRED', 'PasswordResetRequiredException: Password reset required for the user');

const ways: Readonly<Record<string, Ways>> = {
  AdminConfirmSignUp: {
    ...ofAdministrators,
    NotAuthorizedException: withInput(
      'NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED',
      {},
    ),
    ...throughFunction('PostConfirmation', async (world, UserPoolId) => {
      const { Username } = await aWaiting(world, UserPoolId);
      return { UserPoolId, Username };
    }),
    LimitExceededException: 'There is no code that could be guessed.',
  },
  AdminCreateUser: {
    ...ofAdministrators,
    AliasExistsException: occurs(
      'AliasExistsException: An account with the email already exists.',
      async (world, name) => {
        const { id } = await world.aPool(aliasPool);
        await holderOf(world, id);
        const UserAttributes = Object.entries(verified).map(([Name, Value]) => ({ Name, Value }));
        return world.refusal(name, { ...inputs[name], UserPoolId: id, UserAttributes });
      },
    ),
    CodeDeliveryFailureException: through('mute', notSent, {
      Username: 'somebody-else',
      MessageAction: undefined,
      UserAttributes: [{ Name: 'email', Value: email }],
    }),
    InvalidPasswordException: withInput(weak(first), { TemporaryPassword: 'weak' }),
    ...throughFunction('PreSignUp', async (_, UserPoolId) => ({ UserPoolId })),
    PreconditionNotMetException: 'No state of a pool stands against adding users.',
    UnsupportedUserStateException: occurs(
      'UnsupportedUserStateException: Resend not possible. …',
      async (world, name) => {
        const { username } = await world.aPerson();
        return world.refusal(name, { UserPoolId: world.pool.id, Username: username, MessageAction: 'RESEND' });
      },
    ),
    UserNotFoundException: withInput('UserNotFoundException: User does not exist.', {
      Username: 'nobody',
      MessageAction: 'RESEND',
    }),
    UsernameExistsException: occurs('UsernameExistsException: User account already exists', async (world, name) => {
      const { username } = await world.aPerson();
      return world.refusal(name, { UserPoolId: world.pool.id, Username: username });
    }),
  },
  AdminDeleteSoftwareToken: { ...ofAdministrators, UserNotConfirmedException: notConfirmed },
  AdminDeleteUser: ofAdministrators,
  AdminDeleteUserAttributes: ofAdministrators,
  AdminDisableUser: ofAdministrators,
  AdminEnableUser: ofAdministrators,
  AdminForgetDevice: { ...ofAdministrators, ...ofDevices },
  AdminGetDevice: { ...ofAdministrators, ...ofDevices },
  AdminListDevices: { ...ofDevices, ...ofAdministrators },
  AdminListUserSessions: ofAdministrators,
  AdminUpdateDeviceStatus: { ...ofAdministrators, ...ofDevices },
  AdminGetUser: ofAdministrators,
  AdminGetUserAuthFactors: ofAdministrators,
  AdminResetUserPassword: {
    ...ofAdministrators,
    CodeDeliveryFailureException: occurs(notSent, async (world, name) => {
      const { username } = await world.aUser(world.pool, { attributes: verified });
      return world.refusal(name, { UserPoolId: world.pool.id, Username: username }, 'mute');
    }),
    LimitExceededException: noLimit,
    NotAuthorizedException: inState('EXTERNAL_PROVIDER', inThisState),
    OperationNotEnabledException: withTrigger('CustomMessage', administered),
  },
  AdminRevokeUserSession: ofAdministrators,
  AdminSetUserMFAPreference: {
    ...ofAdministrators,
    PasswordResetRequiredException: resetRequired,
    TooManyRequestsException: contended,
    UserNotConfirmedException: notConfirmed,
  },
  AdminSetUserPassword: {
    ...ofAdministrators,
    InvalidPasswordException: withInput(weak(first), { Password: 'weak' }),
    NotAuthorizedException: inState('EXTERNAL_PROVIDER', inThisState),
    PasswordHistoryPolicyViolationException: occurs(usedBefore, async (world, name) => {
      const { id } = await world.aPool(remembering);
      return world.refusal(name, { ...inputs[name], ...(await administered(world, id)), Password: somePassword });
    }),
  },
  AdminSetUserSettings: { ...ofAdministrators, TooManyRequestsException: contended },
  AdminUpdateUserAttributes: {
    ...ofAdministrators,
    AliasExistsException: occurs(
      'AliasExistsException: An account with the given email already exists.',
      async (world, name) => {
        const { id } = await world.aPool({ UsernameAttributes: ['email'] });
        await world.aUser({ id }, { username: 'other@example.com' });
        const { username } = await world.aUser({ id }, { username: email });
        return world.refusal(name, { UserPoolId: id, Username: username, ...newEmail });
      },
    ),
    CodeDeliveryFailureException: through('mute', notSent, newEmail),
    OperationNotEnabledException: withTrigger('CustomMessage', async (world, poolId) => ({
      ...(await administered(world, poolId)),
      ...newEmail,
    })),
  },
  AdminUserGlobalSignOut: ofAdministrators,
  ListUsers: ofAdministrators,
  ChangePassword: {
    ...ofPeople,
    InvalidPasswordException: withInput(weak(later), { ProposedPassword: 'weak' }),
    LimitExceededException: spent(5, attempts, async (world, name) => ({
      ...(await inputOf(world, name)),
      PreviousPassword: 'Wrong-Horse-9',
    })),
    PasswordHistoryPolicyViolationException: occurs(usedBefore, async (world, name) => {
      const { id } = await world.aPool(remembering);
      const token = await signedIn(world, id);
      return world.refusal(name, { ...inputs[name], ...token, ProposedPassword: somePassword });
    }),
  },
  ConfirmDevice: {
    ...ofDevices,
    ...ofPeople,
    DeviceKeyExistsException: occurs('DeviceKeyExistsException: Device key already exists.', async (world, name) => {
      const { id } = await world.aPool({ DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } });
      const { username } = await world.aUser({ id });
      const signIn = signingIn(world, await world.aClient({ id }));
      const device = await aDevice(world, signIn, username);
      const DeviceSecretVerifierConfig = deviceVerifier(device.groupKey, device.key, device.secret);
      const named = { AccessToken: device.access, DeviceKey: device.key };
      return world.refusal(name, { ...named, DeviceSecretVerifierConfig });
    }),
    InvalidPasswordException: 'A device brings a verifier in place of a password.',
    UsernameExistsException: 'It makes no user.',
  },
  ConfirmForgotPassword: {
    ...ofApplications,
    CodeMismatchException: occurs(mismatch, async (world, name) => {
      const input = await forgotten(world);
      return world.refusal(name, { ...input, ConfirmationCode: otherThan(input.ConfirmationCode) });
    }),
    ExpiredCodeException: withInput(expired, {}),
    InvalidPasswordException: withInput(weak(later), { Password: 'weak' }),
    LimitExceededException: spent(20, attempts, (world, name) => inputOf(world, name)),
    ...throughFunction('PostConfirmation', async (world, poolId) => {
      const named = await applied(world, poolId);
      const person = { username: named.Username, poolId };
      return { ...named, ConfirmationCode: await codeBy(world, person, 'ForgotPassword', named) };
    }),
    PasswordHistoryPolicyViolationException: occurs(usedBefore, async (world, name) => {
      const { id } = await world.aPool(remembering);
      const named = await applied(world, id);
      const person = { username: named.Username, poolId: id };
      const ConfirmationCode = await codeBy(world, person, 'ForgotPassword', named);
      return world.refusal(name, { ...named, ConfirmationCode, Password: somePassword });
    }),
    UserNotConfirmedException: occurs('UserNotConfirmedException: User is not confirmed.', async (world, name) => {
      const { input } = await registered(world);
      return world.refusal(name, { ...input, Password: next });
    }),
  },
  ConfirmSignUp: {
    ...ofApplications,
    AliasExistsException: occurs(
      'AliasExistsException: An account with the email already exists.',
      async (world, name) => {
        const { poolId, input } = await registered(world, aliasPool);
        await holderOf(world, poolId);
        return world.refusal(name, input);
      },
    ),
    CodeMismatchException: occurs(mismatch, async (world, name) => world.refusal(name, await wrongCode(world))),
    ExpiredCodeException: occurs(expired, async (world, name) => {
      const { input } = await registered(world);
      world.clock.advance(24 * hour + 1000);
      return world.refusal(name, input);
    }),
    LimitExceededException: spent(15, attempts, wrongCode),
    ...throughFunction('PostConfirmation', aWaiting),
  },
  DeleteUser: ofPeople,
  DeleteUserAttributes: ofPeople,
  ForgotPassword: {
    ...ofApplications,
    AliasExistsException: occurs(
      'AliasExistsException: An account with the email already exists.',
      async (world, name) => {
        const UserMigration = arnOf('migrates');
        const { id } = await world.aPool({ ...aliasPool, LambdaConfig: { UserMigration } });
        await holderOf(world, id);
        const app = await world.aClient({ id });
        return world.refusal(name, { ClientId: app.id, Username: 'somebody' }, 'with functions');
      },
    ),
    CodeDeliveryFailureException: occurs(notSent, async (world, name) => {
      const { username } = await world.aUser(world.pool, { attributes: verified });
      return world.refusal(name, { ClientId: world.app.id, Username: username }, 'mute');
    }),
    LimitExceededException: spent(20, attempts, (world, name) => inputOf(world, name)),
    OperationNotEnabledException: withTrigger('CustomMessage', applied),
  },
  ForgetDevice: { ...ofPeople, ...ofDevices },
  GetDevice: { ...ofPeople, ...ofDevices },
  GetUser: ofPeople,
  GetUserAuthFactors: ofPeople,
  GetUserAttributeVerificationCode: {
    ...ofPeople,
    CodeDeliveryFailureException: through('mute', notSent),
    LimitExceededException: spent(5, attempts, (world, name) => inputOf(world, name)),
    OperationNotEnabledException: withTrigger('CustomMessage', signedIn),
  },
  GlobalSignOut: ofPeople,
  ListDevices: { ...ofDevices, ...ofPeople },
  ListUserSessions: ofPeople,
  ResendConfirmationCode: {
    ...ofApplications,
    CodeDeliveryFailureException: occurs(notSent, async (world, name) => {
      const { input } = await registered(world);
      return world.refusal(name, input, 'mute');
    }),
    LimitExceededException: spent(5, attempts, async (world) => (await registered(world)).input),
    OperationNotEnabledException: withTrigger('CustomMessage', async (world, poolId) => {
      const named = await applied(world, poolId);
      await world.change({ poolId, username: named.Username }, { status: 'UNCONFIRMED' });
      return named;
    }),
  },
  RevokeUserSession: {
    ...ofPeople,
    ResourceNotFoundException: occurs(
      `ResourceNotFoundException: Session ${noSession} does not exist.`,
      async (world, name) => {
        const pool = await world.aPool();
        await tracking(world, pool, 'ENABLED');
        return world.refusal(name, { ...inputs[name], ...(await signedIn(world, pool.id)) });
      },
    ),
  },
  SetUserMFAPreference: { ...ofPeople, TooManyRequestsException: contended },
  SetUserSettings: { ...ofPeople, TooManyRequestsException: contended },
  SignUp: {
    ...ofApplications,
    CodeDeliveryFailureException: through('mute', notSent, { UserAttributes: [{ Name: 'email', Value: email }] }),
    InvalidPasswordException: withInput(weak(first), { Password: 'weak' }),
    LimitExceededException: through('full', 'LimitExceededException: …'),
    ...throughFunction('PreSignUp', async (world, poolId) => ({
      ClientId: (await world.aClient({ id: poolId })).id,
    })),
    UsernameExistsException: occurs('UsernameExistsException: User already exists', async (world, name) => {
      const { username } = await world.aPerson();
      return world.refusal(name, { ...inputs[name], ClientId: world.app.id, Username: username });
    }),
  },
  UpdateDeviceStatus: { ...ofPeople, ...ofDevices },
  UpdateUserAttributes: {
    ...ofPeople,
    AliasExistsException: occurs(
      'AliasExistsException: An account with the given preferred_username already exists.',
      async (world, name) => {
        const { id } = await world.aPool({ AliasAttributes: ['preferred_username'] });
        await world.aUser({ id }, { attributes: { preferred_username: 'countess' } });
        const UserAttributes = [{ Name: 'preferred_username', Value: 'countess' }];
        return world.refusal(name, { ...(await signedIn(world, id)), UserAttributes });
      },
    ),
    CodeDeliveryFailureException: through('mute', notSent, newEmail),
    CodeMismatchException: 'It takes no code.',
    ExpiredCodeException: 'It takes no code.',
    OperationNotEnabledException: withTrigger('CustomMessage', async (world, poolId) => ({
      ...(await signedIn(world, poolId)),
      ...newEmail,
    })),
  },
  VerifyUserAttribute: {
    ...ofPeople,
    AliasExistsException: occurs(
      'AliasExistsException: An account with the email already exists.',
      async (world, name) => {
        const { id } = await world.aPool(aliasPool);
        const user = await world.aUser({ id }, { username: 'ada', attributes: { email } });
        await holderOf(world, id);
        const asked = { ...(await tokenFor(world, id, user.username)), AttributeName: 'email' };
        const Code = await codeBy(world, user, 'GetUserAttributeVerificationCode', asked);
        return world.refusal(name, { ...asked, Code });
      },
    ),
    CodeMismatchException: occurs(mismatch, async (world, name) => {
      const input = await verifying(world);
      return world.refusal(name, { ...input, Code: otherThan(input.Code) });
    }),
    ExpiredCodeException: withInput(expired, {}),
    LimitExceededException: spent(15, attempts, async (world) => {
      const input = await verifying(world);
      return { ...input, Code: otherThan(input.Code) };
    }),
  },
  ...passkeyRefusals,
};

describe.each(operations)('$name', ({ name, errors, unlistedErrors = [] }) => {
  let shared: Promise<FailingWorld> | undefined;
  const aWorld = (): Promise<FailingWorld> => {
    shared ??= failingWorld();
    return shared;
  };
  const declared = [...errors, ...unlistedErrors].map((error) => ({ error, way: ways[name]?.[error] }));

  test.each(declared)(
    '$error: every declared error of the users and account operations happens or is named impossible with a reason',
    async ({ error, way }) => {
      if (way === undefined) throw new Error(`Nobody has said how ${name} comes to ${error}`);
      if (typeof way === 'string') return expect(way).toMatch(/^[A-Z].* .*\.$/);
      const said = await way.call(await aWorld(), name);
      expect(way.says.split(':')[0]).toBe(error);
      if (way.says.endsWith('…')) expect(said.slice(0, way.says.length - 1)).toBe(way.says.slice(0, -1));
      else expect(said).toBe(way.says);
    },
  );
});
