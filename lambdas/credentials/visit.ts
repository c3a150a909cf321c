/** What is known of a request to this room so far; the rest is settled on the way. */
import type { Fields } from '../core/contract/validate.ts';
import type { ApiRequest } from '../core/model/api-request.ts';
import type { Caller } from '../core/ports/caller-gate.ts';
import type { ActionName } from './actions/index.ts';

export interface Visit {
  readonly request: ApiRequest;
  readonly startedAt: number;
  name?: ActionName;
  caller?: Caller;
  /** Its bounds hold. */
  input?: Fields;
}
