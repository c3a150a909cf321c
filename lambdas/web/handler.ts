/** The Lambda entry of this room. */
import { awsPorts } from '../adapters/aws.ts';
import { requestEntry } from '../core/pipeline/request-entry.ts';
import { web } from './index.ts';

const ports = await awsPorts(process.env);

export const handler = requestEntry(web(ports), { originSecret: process.env['ORIGIN_SECRET'] });
