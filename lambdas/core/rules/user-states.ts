/** The states of users: what leads from one to the next, and what is refused to somebody in the wrong one. */
import {
  alreadyConfirmed,
  cannotBeConfirmed,
  disabledCannotBeReset,
  nothingToRecoverWith,
  passwordCannotBeReset,
  passwordResetRequired,
  type Refusal,
  resendNotPossible,
  sessionSpent,
  userDisabled,
  userNotConfirmed,
} from '../contract/errors.ts';
import type { User, UserStatus } from '../model/user.ts';

/** Where users of this pool begin, by how they come to be. */
export const firstStates = {
  'signs up': 'UNCONFIRMED',
  'signs up, confirmed by a function': 'CONFIRMED',
  'is invited': 'FORCE_CHANGE_PASSWORD',
  'is added without a password': 'CONFIRMED',
  'is brought over': 'CONFIRMED',
  'is brought over, without a password': 'RESET_REQUIRED',
} as const satisfies Readonly<Record<string, UserStatus>>;

type Who = Pick<User, 'username' | 'status' | 'enabled'>;

/** The next state, or why the event is refused. */
type Outcome = UserStatus | 'as before' | ((user: Who) => Refusal);

interface Event extends Readonly<Record<UserStatus, Outcome>> {
  /** What whoever is disabled hears, before their state counts. */
  readonly disabled?: () => Refusal;
}

const inEveryState = (outcome: Outcome): Readonly<Record<UserStatus, Outcome>> => ({
  UNCONFIRMED: outcome,
  CONFIRMED: outcome,
  RESET_REQUIRED: outcome,
  FORCE_CHANGE_PASSWORD: outcome,
  EXTERNAL_PROVIDER: outcome,
  ARCHIVED: outcome,
  COMPROMISED: outcome,
  UNKNOWN: outcome,
});

/** Nobody is led into ARCHIVED, COMPROMISED or UNKNOWN: such users are from elsewhere. */
const events = {
  /** ConfirmSignUp and AdminConfirmSignUp. */
  'confirm registration': { ...inEveryState(({ status }) => cannotBeConfirmed(status)), UNCONFIRMED: 'CONFIRMED' },
  /** ResendConfirmationCode. */
  'send code again': { ...inEveryState(alreadyConfirmed), UNCONFIRMED: 'as before' },
  /** AdminCreateUser with MessageAction RESEND. */
  'invite again': {
    ...inEveryState(({ username }) => resendNotPossible(username)),
    FORCE_CHANGE_PASSWORD: 'as before',
  },
  /** AdminSetUserPassword. */
  'set permanent password': { ...inEveryState('CONFIRMED'), EXTERNAL_PROVIDER: passwordCannotBeReset },
  'set temporary password': { ...inEveryState('FORCE_CHANGE_PASSWORD'), EXTERNAL_PROVIDER: passwordCannotBeReset },
  /** The answer to NEW_PASSWORD_REQUIRED. */
  'replace temporary password': { ...inEveryState(sessionSpent), FORCE_CHANGE_PASSWORD: 'CONFIRMED' },
  /** ChangePassword: a temporary password is replaced where it signs in, with all that the pool requires. */
  'change password': { ...inEveryState(passwordCannotBeReset), CONFIRMED: 'as before' },
  /** AdminResetUserPassword. */
  'void password': {
    ...inEveryState(passwordCannotBeReset),
    CONFIRMED: 'RESET_REQUIRED',
    RESET_REQUIRED: 'as before',
    disabled: disabledCannotBeReset,
  },
  /** ForgotPassword: with the code alone nobody could confirm a registration. */
  'forget password': {
    ...inEveryState(passwordCannotBeReset),
    CONFIRMED: 'as before',
    RESET_REQUIRED: 'as before',
    UNCONFIRMED: nothingToRecoverWith,
    disabled: userDisabled,
  },
  /** ConfirmForgotPassword. */
  'recover password': {
    ...inEveryState(passwordCannotBeReset),
    CONFIRMED: 'as before',
    RESET_REQUIRED: 'CONFIRMED',
    UNCONFIRMED: userNotConfirmed,
  },
  /** AdminSetUserMFAPreference: where people do so themselves, their access token says the same. */
  'choose second factors': {
    ...inEveryState('as before'),
    UNCONFIRMED: userNotConfirmed,
    RESET_REQUIRED: passwordResetRequired,
  },
  /** AdminDeleteSoftwareToken: whoever has lost their telephone may have lost their password with it. */
  'lose app': { ...inEveryState('as before'), UNCONFIRMED: userNotConfirmed },
  /** AdminDisableUser and AdminEnableUser. */
  disable: inEveryState('as before'),
  enable: inEveryState('as before'),
} as const satisfies Readonly<Record<string, Event>>;

export type UserEvent = keyof typeof events;

/** Where the event leads the user; refuses one that may not happen to them. */
export function requireNextState(user: Who, event: UserEvent): UserStatus {
  const { disabled, ...states }: Event = events[event];
  if (!user.enabled && disabled) throw disabled();
  const outcome = states[user.status];
  if (typeof outcome === 'function') throw outcome(user);
  return outcome === 'as before' ? user.status : outcome;
}
