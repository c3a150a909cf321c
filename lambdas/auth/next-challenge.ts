/** The only place that decides what follows a proof: another challenge, or tokens. */
import { beginSession, issueFirstTokens } from '../core/rules/tokens.ts';
import { poseNewPassword } from './challenges/new-password-required.ts';
import { poseCustomRound } from './custom-rounds.ts';
import { type KnownDevice, newDevice, poseDevice } from './devices.ts';
import { poseSecondFactor } from './second-factors.ts';
import { trackSession } from './session-tracking.ts';
import type { Answer, Proof, SignIn, SignInPorts } from './sign-in.ts';

/** A sign-in whose last step was accepted. */
export interface Advance extends SignIn {
  /** The one that the client has named, if it is known to be the user's. */
  readonly device?: KnownDevice | undefined;
}

interface Step {
  readonly applies: (advance: Advance, proof: Proof) => boolean;
  /** Absent when it finds nothing to ask for. */
  readonly pose: (ports: SignInPorts, advance: Advance, proof: Proof) => Promise<Answer | undefined>;
}

/** From top to bottom; the first that has something to ask for asks. */
const steps: readonly Step[] = [
  { applies: hasTemporaryPassword, pose: poseNewPassword },
  { applies: hasPasswordAlone, pose: poseSecondFactor },
  { applies: (_, { kind }) => kind === 'custom', pose: poseCustomRound },
  { applies: isOnRememberedDevice, pose: poseDevice },
];

/** What is left when none of them asks is a finished sign-in. */
export async function nextStep(ports: SignInPorts, advance: Advance, proof: Proof): Promise<Answer> {
  for (const { applies, pose } of steps) {
    const answer = applies(advance, proof) ? await pose(ports, advance, proof) : undefined;
    if (answer) return answer;
  }
  return finish(ports, advance, proof);
}

function hasTemporaryPassword(_: Advance, { user, proven }: Proof): boolean {
  return user.status === 'FORCE_CHANGE_PASSWORD' && proven.includes('password');
}

/** Where the pool says so, a device that is remembered is asked instead. */
function hasPasswordAlone(advance: Advance, { proven }: Proof): boolean {
  if (!proven.includes('password') || proven.some((factor) => secondFactors.has(factor))) return false;
  const isDeviceEnough = advance.pool.settings.DeviceConfiguration?.ChallengeRequiredOnNewDevice === true;
  return !(isDeviceEnough && advance.device?.remembered);
}

const secondFactors: ReadonlySet<Proof['proven'][number]> = new Set(['email code', 'text code', 'app code']);

function isOnRememberedDevice({ device }: Advance, { proven }: Proof): boolean {
  return device?.remembered === true && proven.includes('password') && !proven.includes('device');
}

async function finish(ports: SignInPorts, advance: Advance, proof: Proof): Promise<Answer> {
  const { pool, client, since } = advance;
  const { user, memberships } = proof;
  const metadata = newDevice(ports, advance, proof);
  const deviceKey = advance.device?.key ?? metadata?.DeviceKey;
  const session = { ...beginSession(ports, user, since), deviceKey };
  const groups = await ports.groups.behind(pool, memberships);
  await trackSession(ports, advance, user, session);
  const tokens = await issueFirstTokens(ports, { pool, client, user, groups }, session);
  return {
    ChallengeParameters: {},
    AuthenticationResult: { ...tokens, ...(metadata && { NewDeviceMetadata: metadata }) },
  };
}
