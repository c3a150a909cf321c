/** What a walker does next, at random; numbers choose among what there is by then. */
import fc from 'fast-check';

export interface Stride {
  readonly act: 'begin' | 'respond' | 'respond twice' | 'wait' | 'replace password' | 'lose app';
  readonly app: number;
  readonly person: number;
  readonly flow: string;
  readonly preferred: string;
  /** Answers what may have been answered before; begins with somebody new. */
  readonly isReplay: boolean;
  /** How many of what was posed stand between now and what is answered. */
  readonly back: number;
  readonly evidence: 'right' | 'wrong' | 'foreign';
  readonly crossed: 'nothing' | 'app' | 'person' | 'challenge' | 'session' | 'no session';
  readonly challenge: string;
  readonly choice: string;
  readonly device: 'none' | 'own' | 'foreign';
  /** Says how, and not yet the password; finishes a set-up that has not begun. */
  readonly isSilent: boolean;
  readonly byAdministrator: boolean;
  readonly wait: number;
}

/** The first one most of the time. */
const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const act = fc.oneof(
  { weight: 20, arbitrary: fc.constant('begin' as const) },
  { weight: 90, arbitrary: fc.constant('respond' as const) },
  { weight: 8, arbitrary: fc.constant('respond twice' as const) },
  { weight: 4, arbitrary: fc.constant('wait' as const) },
  { weight: 3, arbitrary: fc.constant('replace password' as const) },
  { weight: 2, arbitrary: fc.constant('lose app' as const) },
);

const challenge = fc.constantFrom(
  'PASSWORD_VERIFIER',
  'SMS_MFA',
  'EMAIL_OTP',
  'SOFTWARE_TOKEN_MFA',
  'SELECT_MFA_TYPE',
  'MFA_SETUP',
  'NEW_PASSWORD_REQUIRED',
  'SELECT_CHALLENGE',
  'PASSWORD',
  'PASSWORD_SRP',
  'SMS_OTP',
  'WEB_AUTHN',
  'CUSTOM_CHALLENGE',
  'DEVICE_SRP_AUTH',
  'DEVICE_PASSWORD_VERIFIER',
);

/** SRP is rare: the client's part takes longer than the service's. */
const flow = fc.oneof(
  { weight: 8, arbitrary: fc.constant('USER_PASSWORD_AUTH') },
  { weight: 2, arbitrary: fc.constant('ADMIN_USER_PASSWORD_AUTH') },
  { weight: 6, arbitrary: fc.constant('USER_AUTH') },
  { weight: 5, arbitrary: fc.constant('CUSTOM_AUTH') },
  { weight: 1, arbitrary: fc.constant('USER_SRP_AUTH') },
);

const strideOf = (act: fc.Arbitrary<Stride['act']>): fc.Arbitrary<Stride> =>
  fc.record({
    act,
    app: fc.nat(3),
    person: fc.nat(35),
    flow,
    preferred: fc.constantFrom(
      '',
      'PASSWORD',
      'PASSWORD',
      'EMAIL_OTP',
      'SMS_OTP',
      'PASSWORD_SRP',
      'WEB_AUTHN',
      'WEB_AUTHN',
    ),
    isReplay: mostly(false, true),
    back: mostly(0, 1, 2, 3, 4),
    evidence: mostly<Stride['evidence']>('right', 'wrong', 'foreign'),
    crossed: mostly<Stride['crossed']>('nothing', 'app', 'person', 'challenge', 'session', 'no session'),
    challenge,
    choice: fc.constantFrom('PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN', 'SMS_MFA', 'EMAIL_MFA'),
    device: mostly<Stride['device']>('own', 'none', 'foreign'),
    isSilent: mostly(false, true),
    byAdministrator: mostly(false, true),
    wait: fc.constantFrom(2_000, 31_000, 31_000, 180_000),
  });

/** Short, as there are many of them. */
export const strides: fc.Arbitrary<readonly Stride[]> = fc
  .tuple(strideOf(fc.constant('begin')), fc.array(strideOf(act), { minLength: 1, maxLength: 6, size: 'max' }))
  .map(([first, others]) => [first, ...others]);
