/** The Lambda entry of this room. */
import { awsWorkerPorts } from '../adapters/aws.ts';
import { workerEntry } from './index.ts';

export const handler = workerEntry(() => awsWorkerPorts(process.env));
