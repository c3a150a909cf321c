/** The only place that decides what follows a proof: another challenge, or tokens. */
import { invalidSession } from '../core/contract/errors.ts';
import { methodsOf } from '../core/rules/authentication-levels.ts';
import { availableFactors } from '../core/rules/first-factors.ts';
import { relyingPartyOf } from '../core/rules/passkeys.ts';
import { beginSession, issueFirstTokens, tokenClaims } from '../core/rules/tokens.ts';
import { poseNewPassword } from './challenges/new-password-required.ts';
import { choicesOf } from './choices.ts';
import { completed } from './completion.ts';
import { poseCustomRound } from './custom-rounds.ts';
import { newDevice, poseDevice } from './devices.ts';
import { poseSecondFactor } from './second-factors.ts';
import { trackSession } from './session-tracking.ts';
import type { Answer, KnownDevice, Proof, SignIn, SignInPorts } from './sign-in.ts';
import { poseStepUp } from './stepping-up.ts';
import { overrideSignIn } from './token-overrides.ts';
import { leading } from './ways-up.ts';

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
  { applies: hasLevelToReach, pose: poseStepUp },
  { applies: hasPasswordAlone, pose: poseSecondFactor },
  { applies: isOnRememberedDevice, pose: poseDevice },
  { applies: isUndecided, pose: poseCustomRound },
];

/** What is left when none of them asks is a finished sign-in. */
export async function nextStep(ports: SignInPorts, advance: Advance, proof: Proof): Promise<Answer> {
  for (const { applies, pose } of steps) {
    const answer = applies(advance, proof) ? await pose(ports, advance, proof) : undefined;
    if (answer) return { ...offered(ports, advance, proof), ...answer };
  }
  return finish(ports, advance, proof);
}

/** In a choice-based sign-in, every challenge says what else there was to choose from. */
const offered = (
  { settings }: Pick<SignInPorts, 'settings'>,
  { pool }: Advance,
  { kind, user, levels }: Proof,
): Pick<Answer, 'AvailableChallenges'> => {
  if (kind !== 'choice') return {};
  const available = availableFactors(pool, user, relyingPartyOf(settings, pool));
  return { AvailableChallenges: choicesOf(leading(available, { levels, proven: [] })) };
};

function hasTemporaryPassword(_: Advance, { user, proven }: Proof): boolean {
  if (user.status !== 'FORCE_CHANGE_PASSWORD' || !proven.includes('password')) return false;
  // Nothing comes between the two. What was proven since says that it was an earlier password: of this one nobody knows.
  if (proven.at(-1) !== 'password') throw invalidSession();
  return true;
}

function hasLevelToReach(_: Advance, { levels }: Proof): boolean {
  return levels !== undefined;
}

/**
 * Where the pool says so, a device that is remembered is asked instead. A code that was enough before the password is not
 * what the user, or the pool, wants beside one.
 */
function hasPasswordAlone(advance: Advance, { proven }: Proof): boolean {
  if (!proven.includes('password')) return false;
  if (proven.slice(proven.indexOf('password')).some((factor) => secondFactors.has(factor))) return false;
  const isDeviceEnough = advance.pool.settings.DeviceConfiguration?.ChallengeRequiredOnNewDevice === true;
  return !(isDeviceEnough && advance.device?.remembered);
}

const secondFactors: ReadonlySet<Proof['proven'][number]> = new Set(['email code', 'text code', 'app code']);

function isOnRememberedDevice({ device }: Advance, { proven }: Proof): boolean {
  return device?.remembered === true && proven.includes('password') && !proven.includes('device');
}

/** Once the functions of a custom sign-in have said that it is complete, they are not asked again. */
function isUndecided(_: Advance, { kind, proven }: Proof): boolean {
  return kind === 'custom' && !proven.includes('custom challenge');
}

async function finish(ports: SignInPorts, advance: Advance, proof: Proof): Promise<Answer> {
  const { pool, client, since } = advance;
  const metadata = await newDevice(ports, advance, proof);
  const { user, memberships } = await completed(ports, advance, proof, metadata !== undefined);
  const deviceKey = advance.device?.key ?? metadata?.DeviceKey;
  const session = { ...beginSession(ports, user, since), deviceKey, methods: methodsOf(proof.proven) };
  const groups = await ports.groups.behind(pool, memberships);
  const overrides = await overrideSignIn(ports, advance, user, groups);
  const holder = { pool, client, user, groups, overrides };
  const claims = tokenClaims(ports, holder, session);
  await trackSession(ports, advance, user, session);
  const tokens = await issueFirstTokens(ports, holder, claims, session);
  return {
    ChallengeParameters: {},
    AuthenticationResult: { ...tokens, ...(metadata && { NewDeviceMetadata: metadata }) },
  };
}
