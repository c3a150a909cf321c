/** How the operations on passkeys come to refuse. */
import { anAuthenticator, type Deviations } from '../support/authenticator.ts';
import { anApp, aPasskeyPool, passkeyCalls, relyingParty } from '../support/passkeys.ts';
import { tokenOf } from '../support/people.ts';
import type { FailingWorld } from './failing-world.ts';
import { type Occurrence, occurs, ofPeople, type Ways, withInput } from './refusal-ways.ts';

const notEnabled = withInput('WebAuthnNotEnabledException: Passkeys are not enabled for this user pool.', {});
const noPasskey = withInput('ResourceNotFoundException: There is no such passkey.', {});
const few = 'A user has a bounded number of passkeys, and only one more could be too many.';
const most = 20;

/** Somebody in a pool of the world that allows passkeys, who has signed in by password. */
async function somebody(world: FailingWorld) {
  const pool = await aPasskeyPool(world);
  const { username } = await world.aUser(pool);
  const token = await tokenOf(world.client, await anApp(world, pool), { username });
  return { pool, username, token, ...passkeyCalls(world) };
}

/** A passkey that is made otherwise than it was asked for. */
const madeWith = (says: string, deviations: Deviations): Occurrence =>
  occurs(says, async (world, name) => {
    const { token, start } = await somebody(world);
    const Credential = anAuthenticator().register(await start(token), deviations);
    return world.refusal(name, { AccessToken: token, Credential });
  });

/** Allows passkeys, and has neither named a relying party nor a domain. */
const inPoolWithoutRelyingParty = occurs(
  'WebAuthnConfigurationMissingException: The user pool has neither a relying party id nor a domain for passkeys.',
  async (world, name) => {
    const pool = await world.aPool({
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
    });
    const { username } = await world.aUser(pool);
    const AccessToken = await tokenOf(world.client, await world.aClient(pool), { username });
    return world.refusal(name, { AccessToken });
  },
);

const notBegun = occurs(
  'WebAuthnChallengeNotFoundException: There is no pending registration for this challenge.',
  async (world, name) => {
    const { token } = await somebody(world);
    const Credential = anAuthenticator().register({ challenge: 'AAAA', rpId: relyingParty });
    return world.refusal(name, { AccessToken: token, Credential });
  },
);

const begunElsewhere = occurs(
  'WebAuthnClientMismatchException: The registration was started through another client.',
  async (world, name) => {
    const { pool, username, token, start } = await somebody(world);
    const AccessToken = await tokenOf(world.client, await anApp(world, pool), { username });
    return world.refusal(name, { AccessToken, Credential: anAuthenticator().register(await start(token)) });
  },
);

const oneTooMany = occurs(
  `LimitExceededException: The limit of ${most} passkeys of a user would be exceeded.`,
  async (world, name) => {
    const { token, start, register } = await somebody(world);
    for (let made = 0; made < most; made++) await register(token);
    return world.refusal(name, { AccessToken: token, Credential: anAuthenticator().register(await start(token)) });
  },
);

export const passkeyRefusals: Readonly<Record<string, Ways>> = {
  CompleteWebAuthnRegistration: {
    ...ofPeople,
    LimitExceededException: oneTooMany,
    WebAuthnChallengeNotFoundException: notBegun,
    WebAuthnClientMismatchException: begunElsewhere,
    WebAuthnCredentialNotSupportedException: madeWith(
      'WebAuthnCredentialNotSupportedException: The credential is not supported.',
      { statement: new Map([['alg', -7]]) },
    ),
    WebAuthnNotEnabledException: notEnabled,
    WebAuthnOriginNotAllowedException: madeWith(
      'WebAuthnOriginNotAllowedException: The origin of the credential is not allowed.',
      { origin: 'https://evil.org' },
    ),
    WebAuthnRelyingPartyMismatchException: madeWith(
      'WebAuthnRelyingPartyMismatchException: The credential is for another relying party.',
      { rpId: `login.${relyingParty}` },
    ),
  },
  DeleteWebAuthnCredential: { ...ofPeople, LimitExceededException: few, ResourceNotFoundException: noPasskey },
  ListWebAuthnCredentials: { ...ofPeople, LimitExceededException: few },
  StartWebAuthnRegistration: {
    ...ofPeople,
    LimitExceededException: 'A beginning takes the place of the one before; it is the end that counts passkeys.',
    WebAuthnConfigurationMissingException: inPoolWithoutRelyingParty,
    WebAuthnNotEnabledException: notEnabled,
  },
};
