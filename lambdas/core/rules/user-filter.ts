/** The filter grammar of ListUsers. */

export type { SearchableAttribute, UserQuery } from '../model/user-query.ts';
