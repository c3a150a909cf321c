/** Checks who signed a request and what they may do. */
import type { ApiRequest } from '../model/api-request.ts';
import type { PolicyDocument } from '../model/policy.ts';
import type { PrincipalId } from '../model/principal.ts';

export interface SignatureCheck {
  /** Refuses a request whose signature is missing, incomplete, wrong or out of date. */
  verify(request: ApiRequest, signed?: SignedFor): Promise<Identity>;
  /** Refuses what no policy of the identity allows. */
  authorize(identity: Identity, access: Access): Promise<void>;
}

/** What a signature is for. */
export interface SignedFor {
  /** `cognito-idp` when nothing is said: an operation of the API, whose path is `/`. */
  readonly service?: 'cognito-idp' | 'execute-api' | 'kms' | undefined;
  /** Whether the request changes something, so that repeating it may be refused. */
  readonly isChange?: boolean | undefined;
}

/** Who signed, and for which region. */
export interface Identity {
  /** As an AccessDeniedException names it. */
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** The access key that signed. */
  readonly keyId: string;
  /** Of the principals that it speaks for: one, or several whose patterns fit one caller of IAM. */
  readonly principals: readonly PrincipalId[];
  /** What `aws:username` stands for; roles have none. */
  readonly name?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** What one of them allows and none denies. */
  readonly policies: readonly PolicyDocument[];
  /** Of the session, where there is one. */
  readonly session?: IdentitySession | undefined;
}

export interface IdentitySession {
  readonly expiresAt: number;
  /** Each of them has to allow what the policies of the identity allow. */
  readonly boundaries: readonly PolicyDocument[];
}

/** What is to be allowed. */
export interface Access {
  /** `cognito-idp:<Operation>`, or `millpond:<Action>`. */
  readonly action: string;
  /** ARN of the pool, or `*`. */
  readonly resource: string;
  /** The pool whose tags are those of the resource. */
  readonly poolId?: string | undefined;
  readonly sourceIp: string;
  /** Whether the request came under TLS, where that is known. */
  readonly isSecure?: boolean | undefined;
  /** The checked input of the operation: condition keys on tags are read from it. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Whether the request makes what it is about: the tags that it brings are those of the resource. */
  readonly makesResource?: boolean | undefined;
}
