/** Somebody who may sign requests: whoever has one of its access keys, or the callers of IAM that it stands for. */
import type { PolicyDocument } from './policy.ts';

export interface Principal {
  readonly name: string;
  /** A pattern of the IAM ARNs that it stands for; such a principal has no access keys. */
  readonly arn?: string | undefined;
  /** Names of policies. */
  readonly policies: readonly string[];
  /** Policies of its own. */
  readonly inline: readonly PolicyDocument[];
  /** What `aws:PrincipalTag` is read from. */
  readonly tags: Readonly<Record<string, string>>;
  /** Of one that is disabled, neither keys nor sessions are good for anything. */
  readonly status: 'active' | 'disabled';
  readonly createdAt: number;
  /** Whoever says what it may do: the API, the file of a start, or this software. */
  readonly origin: 'api' | 'file' | 'built-in';
  /** Raised by every change; 0 where there is no row, or one of an older layout. */
  readonly version: number;
}

/** What tells a principal from a former one of the same name. */
export type PrincipalId = Pick<Principal, 'name' | 'createdAt'>;
