/** The Lambda entry of this room. */
import { awsMessages, awsPorts } from '../adapters/aws.ts';
import { lambdaEntry } from '../core/pipeline/lambda-entry.ts';
import { users } from './index.ts';

const ports = await awsPorts(process.env, awsMessages);

export const handler = lambdaEntry(users, () => ports);
