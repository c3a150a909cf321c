/** The Lambda entry of this room. */
import { awsPorts } from '../adapters/aws.ts';
import { lambdaEntry } from '../core/pipeline/lambda-entry.ts';
import { auth } from './index.ts';

const ports = await awsPorts(process.env);

export const handler = lambdaEntry(auth, () => ports);
