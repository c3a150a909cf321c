/** The Lambda entry of this room. */
import { requestEntry } from '../core/pipeline/request-entry.ts';
import { answerNothingHere } from './index.ts';

export const handler = requestEntry(answerNothingHere, { originSecret: process.env['ORIGIN_SECRET'] });
