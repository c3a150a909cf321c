/** The Lambda entry of this room. */
import { awsMessages, awsPasskeys, awsPorts } from '../adapters/aws.ts';
import { lambdaEntry } from '../core/pipeline/lambda-entry.ts';
import { auth } from './index.ts';

const ports = await awsPorts(process.env, awsMessages, awsPasskeys);

export const handler = lambdaEntry(auth, () => ports);
