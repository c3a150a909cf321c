/** Shapes that several actions share. */
import { s } from '../core/contract/shape.ts';

const nameForm = String.raw`[\w+=,.@-]+`;

export const policyName = s.string({ min: 1, max: 128, pattern: nameForm });
/** As of users in IAM. */
export const principalName = s.string({ min: 1, max: 64, pattern: nameForm });
const accessKeyId = s.string({ pattern: 'AKIA[A-Z2-7]{16}' });
export const policyNames = s.list(policyName, { max: 10 });
export const tags = s.map(s.string({ min: 1, max: 128 }), s.string({ max: 256 }), { max: 50 });

export const nameOfPolicy = s.structure({ Name: policyName });
export const nameOfPrincipal = s.structure({ Name: principalName });
export const nameOfKey = s.structure({ AccessKeyId: accessKeyId });

/** ISO 8601 in whole seconds, as SDKs read it. */
export const dateText = (milliseconds: number): string =>
  new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().replace('.000Z', 'Z');

export const statusText = (status: 'active' | 'disabled'): string => (status === 'active' ? 'Active' : 'Disabled');
