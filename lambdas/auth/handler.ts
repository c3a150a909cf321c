/** The Lambda entry of this room. */
import { awsPorts } from '../adapters/aws.ts';
import { lambdaEntry } from '../core/pipeline/lambda-entry.ts';
import { auth } from './index.ts';

export const handler = lambdaEntry(auth, () => awsPorts(process.env));
