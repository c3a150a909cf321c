/** Poses the challenge that proves a second factor. */
import type { MfaFactor } from '../core/model/pool.ts';
import { poseCode } from './challenges/second-factor-codes.ts';
import { poseSoftwareToken } from './challenges/software-token-mfa.ts';
import type { Answer, Proof, SignIn, SignInPorts } from './sign-in.ts';

export const poseFactor = (ports: SignInPorts, signIn: SignIn, proof: Proof, factor: MfaFactor): Promise<Answer> =>
  factor === 'SOFTWARE_TOKEN_MFA' ? poseSoftwareToken(ports, signIn, proof) : poseCode(ports, signIn, proof, factor);
