/** The Lambda entry of this room. */
import { awsPorts } from '../adapters/aws.ts';
import { requestEntry } from '../core/pipeline/request-entry.ts';
import { wellKnown } from './index.ts';

export const handler = requestEntry(wellKnown(awsPorts(process.env)), { originSecret: process.env['ORIGIN_SECRET'] });
