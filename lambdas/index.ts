/** The rooms of the service, listed by hand: each is a folder, a domain of the API and one function. */
import { account } from './account/index.ts';
import { auth } from './auth/index.ts';
import { branding } from './branding/index.ts';
import { clients } from './clients/index.ts';
import { federation } from './federation/index.ts';
import { groups } from './groups/index.ts';
import { imports } from './imports/index.ts';
import { pools } from './pools/index.ts';
import { users } from './users/index.ts';

export const rooms = { pools, clients, users, groups, auth, account, federation, branding, imports } as const;
