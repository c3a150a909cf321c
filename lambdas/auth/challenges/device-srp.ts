/** DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: a device proves the secret that it has confirmed itself with. */
import { deviceNotFound, incorrectPassword, invalidSession } from '../../core/contract/errors.ts';
import type { ChallengeSession } from '../../core/model/challenge-session.ts';
import type { Device } from '../../core/model/device.ts';
import type { User } from '../../core/model/user.ts';
import { deviceGroupKey } from '../../core/rules/device-keys.ts';
import { openDeviceVerifier } from '../../core/rules/device-verifiers.ts';
import { changeDevice, requireDevice } from '../../core/rules/devices.ts';
import { uuid } from '../../core/rules/identifiers.ts';
import { requirePublicValue, wireInteger } from '../../core/rules/srp.ts';
import { requireRightGuess } from '../guesses.ts';
import { requireParameter } from '../parameters.ts';
import { sealProof } from '../proof-sessions.ts';
import { openSecretBlock, type SecretBlock, sealSecretBlock } from '../secret-blocks.ts';
import { sessionUser } from '../session-subjects.ts';
import type { Answer, ChallengeAnswer, Outcome, SignIn, SignInPorts } from '../sign-in.ts';
import { beginExchange, isClaimed, requireTimely } from '../srp-claims.ts';

/** DEVICE_SRP_AUTH. */
export async function answerDevice(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> {
  const clientPublic = requirePublicValue(requireParameter(given.parameters, 'SRP_A'));
  const { user, session } = await sessionUser(ports, given);
  const device = await requireChallenged(ports, given, user, session);
  return { pose: () => poseDeviceVerifier(ports, given, { user, session, device, clientPublic }) };
}

interface Exchange {
  readonly user: User;
  readonly session: ChallengeSession;
  readonly device: Device;
  readonly clientPublic: Uint8Array;
}

async function poseDeviceVerifier(
  ports: SignInPorts,
  { pool, client }: SignIn,
  { user, session, device, clientPublic }: Exchange,
): Promise<Answer> {
  const kept = await openDeviceVerifier(ports.sealer, pool, device);
  const server = await beginExchange(ports, kept);
  const { username, sub } = session;
  const id = uuid(ports.random);
  const names = { username, sub, shownName: device.key, isSimulated: false, sessionId: id };
  const block = { ...names, clientPublic, ...server };
  return {
    ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
    Session: await sealProof(ports, client, { ...session, user }, { id, expects: ['DEVICE_PASSWORD_VERIFIER'] }),
    ChallengeParameters: {
      SALT: wireInteger(kept.salt),
      SRP_B: wireInteger(server.serverPublic),
      SECRET_BLOCK: await sealSecretBlock(ports, client, block, 'device'),
      DEVICE_KEY: device.key,
      USERNAME: user.username,
    },
  };
}

/** DEVICE_PASSWORD_VERIFIER. Wrong signatures count as wrong passwords do. */
export async function answerDeviceVerifier(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> {
  const { session, subject, ...usable } = await sessionUser(ports, given);
  const block = await requireBlock(ports, given, session);
  requireTimely(ports, given.parameters);
  const device = await requireChallenged(ports, given, usable.user, session);
  await requireRightGuess(ports, given, subject, async () => {
    const isProven = await isSigned(ports, given, device, block);
    return (await ports.nonces.consume(block.id, block.expiresAt)) === 'consumed' && isProven;
  });
  const { kind, proven } = session;
  return {
    proof: { ...usable, kind, proven: [...proven, 'device'] },
    device: await noteUse(ports, given, usable.user, device),
  };
}

/** Only the device that the sign-in has come this far with: for another one, something else may be to be proven first. */
async function requireChallenged(
  ports: Pick<SignInPorts, 'devices'>,
  { pool, parameters }: SignIn,
  user: User,
  { deviceKey }: ChallengeSession,
): Promise<Device> {
  const device = await requireDevice(ports, pool, user, requireParameter(parameters, 'DEVICE_KEY'));
  if (device.key !== deviceKey) throw invalidSession();
  // It was remembered when it was asked; one that no longer is has nothing to prove.
  if (!device.remembered) throw deviceNotFound();
  return device;
}

/** Posed with the very session that came with it. */
async function requireBlock(
  ports: SignInPorts,
  { client, parameters }: SignIn,
  session: ChallengeSession,
): Promise<SecretBlock> {
  const text = requireParameter(parameters, 'PASSWORD_CLAIM_SECRET_BLOCK');
  const block = await openSecretBlock(ports, client, text, 'device');
  if (block?.sessionId !== session.id) throw incorrectPassword();
  return block;
}

async function isSigned(
  ports: SignInPorts,
  { pool, parameters }: SignIn,
  device: Device,
  block: SecretBlock,
): Promise<boolean> {
  const owner = { groupName: await deviceGroupKey(ports.sealer, pool), identity: device.key };
  return isClaimed(ports, parameters, block, owner, await openDeviceVerifier(ports.sealer, pool, device));
}

/** Refuses a device that was forgotten in the meantime. */
const noteUse = (ports: SignInPorts, { pool, sourceIp }: SignIn, user: User, seen: Device): Promise<Device> =>
  changeDevice(ports, pool, user, seen, (device) => ({
    ...device,
    authenticatedAt: ports.clock.now(),
    lastAddress: sourceIp ?? device.lastAddress,
  }));
