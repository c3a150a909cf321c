/** Checks who signed a request and what they may do. */
import type { ApiRequest } from '../model/api-request.ts';
import type { PolicyDocument } from '../model/policy.ts';

export interface SignatureCheck {
  /** Refuses a request whose signature is missing, incomplete, wrong or out of date. */
  verify(request: ApiRequest): Promise<Principal>;
  /** Refuses what no policy of the principal allows. */
  authorize(principal: Principal, access: Access): Promise<void>;
}

/** Who signed, and for which region. */
export interface Principal {
  /** As an AccessDeniedException names it. */
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: readonly PolicyDocument[];
}

/** What is to be allowed. */
export interface Access {
  /** `cognito-idp:<Operation>` */
  readonly action: string;
  /** ARN of the pool, or `*`. */
  readonly resource: string;
  readonly sourceIp: string;
  /** Whether the request came under TLS, where that is known. */
  readonly isSecure?: boolean | undefined;
  /** The checked input of the operation: condition keys on tags are read from it. */
  readonly input: Readonly<Record<string, unknown>>;
}
