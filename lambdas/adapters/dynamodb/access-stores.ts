/** The stores of who may sign requests, over one table. */
import type { AccessKeyStore } from '../../core/ports/access-key-store.ts';
import type { PolicyStore } from '../../core/ports/policy-store.ts';
import type { PrincipalStore } from '../../core/ports/principal-store.ts';
import { accessKeyStore } from './access-key-store.ts';
import { policyStore } from './policy-store.ts';
import type { PrincipalReading } from './principal-rows.ts';
import { principalStore } from './principal-store.ts';

export interface AccessStores {
  readonly accessKeys: AccessKeyStore;
  readonly principals: PrincipalStore;
  readonly policies: PolicyStore;
}

export function accessStores(options: PrincipalReading): AccessStores {
  const principals = principalStore(options);
  return {
    accessKeys: accessKeyStore(options),
    principals,
    policies: policyStore({ ...options, principals }),
  };
}
