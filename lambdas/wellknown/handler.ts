/** The Lambda entry of this room. */
import { awsWellKnownPorts } from '../adapters/aws.ts';
import { requestEntry } from '../core/pipeline/request-entry.ts';
import { wellKnown } from './index.ts';

const answer = wellKnown(awsWellKnownPorts(process.env));

export const handler = requestEntry(answer, { originSecret: process.env['ORIGIN_SECRET'] });
