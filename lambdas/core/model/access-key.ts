/** A key that programs sign requests with, and the principal that it stands for. */
import type { PolicyDocument } from './policy.ts';

export interface AccessKey {
  /** `AKIA` and 16 characters of base 32. */
  readonly id: string;
  /** 40 characters. */
  readonly secret: string;
  /** Name of the principal, who has this key alone. */
  readonly principal: string;
  readonly policies: readonly PolicyDocument[];
  readonly tags: Readonly<Record<string, string>>;
  readonly status: 'active' | 'disabled';
  readonly createdAt: number;
}
