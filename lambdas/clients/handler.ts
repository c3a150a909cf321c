/** The Lambda entry of this room. */
import { awsPorts } from '../adapters/aws.ts';
import { lambdaEntry } from '../core/pipeline/lambda-entry.ts';
import { clients } from './index.ts';

export const handler = lambdaEntry(clients, () => awsPorts(process.env));
