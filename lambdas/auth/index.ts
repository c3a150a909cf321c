/** Signing in: the two steps in their public and administrator forms, refreshing, revoking, software tokens. */
import type { Operations } from '../core/contract/operation.ts';
import { AdminInitiateAuth } from './operations/AdminInitiateAuth.ts';
import { AdminRespondToAuthChallenge } from './operations/AdminRespondToAuthChallenge.ts';
import { AssociateSoftwareToken } from './operations/AssociateSoftwareToken.ts';
import { GetClientToken } from './operations/GetClientToken.ts';
import { GetTokensFromRefreshToken } from './operations/GetTokensFromRefreshToken.ts';
import { InitiateAuth } from './operations/InitiateAuth.ts';
import { RespondToAuthChallenge } from './operations/RespondToAuthChallenge.ts';
import { RevokeToken } from './operations/RevokeToken.ts';
import { VerifySoftwareToken } from './operations/VerifySoftwareToken.ts';

export const auth = {
  AdminInitiateAuth,
  AdminRespondToAuthChallenge,
  AssociateSoftwareToken,
  GetClientToken,
  GetTokensFromRefreshToken,
  InitiateAuth,
  RespondToAuthChallenge,
  RevokeToken,
  VerifySoftwareToken,
} satisfies Operations;
