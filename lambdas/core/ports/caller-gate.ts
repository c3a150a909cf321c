/** Knows who calls the room of credentials. */
import type { ApiRequest, IamIdentity } from '../model/api-request.ts';
import type { Identity } from './signature-check.ts';

export interface CallerGate {
  /** Refuses whoever cannot be known. */
  identify(request: ApiRequest): Promise<Caller>;
  /** Whether a proof may stand in the body of a request for credentials, as the member `Sts`. */
  readonly takesProofs: boolean;
}

export type Caller = IamCaller | OwnCaller;

/** Whom IAM has let in. What else this caller may do here IAM has decided as well, by the path. */
export interface IamCaller {
  readonly kind: 'iam';
  readonly iam: IamIdentity;
}

/** Who signed with a key of this service. */
export interface OwnCaller {
  readonly kind: 'own';
  readonly identity: Identity;
  /** Refuses what no policy allows: `millpond:<Action>`. */
  authorize(action: string): Promise<void>;
}
