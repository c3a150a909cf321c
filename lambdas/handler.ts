/** The Lambda entry of all rooms in one function, for accounts that may not create distributions. */
import { awsPorts } from './adapters/aws.ts';
import type { Operations } from './core/contract/operation.ts';
import { lambdaEntry } from './core/pipeline/lambda-entry.ts';
import { rooms } from './index.ts';

const everyOperation: Operations = Object.assign({}, ...Object.values(rooms));
const ports = await awsPorts(process.env);

export const handler = lambdaEntry(everyOperation, () => ports);
