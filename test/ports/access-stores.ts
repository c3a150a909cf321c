/** What the contract suites of policies, principals and keys work with. */
import type { AccessStores } from '../../lambdas/adapters/dynamodb/access-stores.ts';

/** The stores of one more process on the same table. */
export type OpenAccess = () => AccessStores;
