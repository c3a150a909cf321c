/** The Lambda entry of this room. */
import { awsPorts } from '../adapters/aws.ts';
import { lambdaEntry } from '../core/pipeline/lambda-entry.ts';
import { branding } from './index.ts';

export const handler = lambdaEntry(branding, () => awsPorts(process.env));
