/** What a function on AWS is told by its environment; the stack writes it. */
import { type Limits, requireLimits } from '../core/contract/limits-document.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** ARNs of the keys of one generation. */
export interface SigningKeyPair {
  readonly id: string;
  readonly access: string;
}

export interface AwsEnvironment {
  /** Name of the function: a room, or one of those beside them. */
  readonly room: string;
  readonly region: string;
  readonly partition: string;
  readonly account: string;
  readonly tableName: string;
  readonly wrapKeyArn: string;
  readonly signing: 'kms' | 'sealed';
  /** Eldest generation first. Where keys are sealed, those that some pools may still sign with. */
  readonly signingKeys: readonly SigningKeyPair[];
  /** Without a trailing slash. */
  readonly issuerBase: string;
  /** In lower case, without ports. */
  readonly ownHosts: ReadonlySet<string>;
  /** Only behind the edge. */
  readonly originSecret: string | undefined;
  /** Where jobs are woken; absent from functions that begin none. */
  readonly jobsQueueUrl: string | undefined;
  /** Absent: e-mail goes to the outbox. */
  readonly mailFrom: string | undefined;
  readonly sms: 'sns' | 'outbox';
  /** Whether texts are sent with the role that their pool names, or with the function's own rights. */
  readonly assumeSmsRoles: boolean;
  /** For how long (days) a sealed key signs before it is followed by another one. */
  readonly rotateAfterDays: number;
  readonly replayGuard: boolean;
  readonly limits: Limits;
}

/** Whatever is missing or wrong is a fault of the stack: it fails at once, by the name of the variable. */
export function readEnvironment(env: Environment): AwsEnvironment {
  const requireText = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') throw new Error(`The environment lacks ${name}`);
    return value;
  };
  const requireOneOf = <T extends string>(name: string, all: readonly T[]): T => {
    const value = requireText(name);
    const found = all.find((one) => one === value);
    if (found === undefined) throw new Error(`${name} must be one of ${all.join(', ')}`);
    return found;
  };
  return {
    room: requireText('ROOM'),
    region: requireText('AWS_REGION'),
    partition: requireText('PARTITION'),
    account: requireText('ACCOUNT_ID'),
    tableName: requireText('TABLE_NAME'),
    wrapKeyArn: requireText('WRAP_KEY_ARN'),
    signing: requireOneOf('SIGNING', ['kms', 'sealed']),
    // The stack writes this list by its own types.
    signingKeys: JSON.parse(env['SIGNING_KEYS'] ?? '[]') as readonly SigningKeyPair[],
    issuerBase: requireText('ISSUER_BASE'),
    ownHosts: new Set(requireText('OWN_HOSTS').toLowerCase().split(',')),
    originSecret: env['ORIGIN_SECRET'],
    jobsQueueUrl: env['JOBS_QUEUE_URL'],
    mailFrom: env['MAIL_FROM'],
    sms: requireOneOf('SMS', ['sns', 'outbox']),
    assumeSmsRoles: env['ASSUME_SMS_ROLES'] === 'true',
    rotateAfterDays: Number(env['ROTATE_AFTER_DAYS'] ?? 180),
    replayGuard: env['REPLAY_GUARD'] === 'true',
    limits: requireLimits(JSON.parse(env['LIMITS'] ?? '{}')),
  };
}
