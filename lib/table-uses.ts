/** What is done with the table beside the ports of operations: by the pipeline, and by the functions that are no rooms. */
import type { FunctionName } from './functions.ts';
import type { TableUse } from './table-access.ts';

/** Who signed, and by which policies they may: read at every signed request. The first function ever makes the ring. */
export const callers: TableUse = {
  rows: {
    rings: ['get', 'query', 'put'],
    accessKeys: ['get', 'update'],
    principals: ['get'],
    policies: ['get'],
    // Tags of the pool that is asked for are conditions of policies.
    pools: ['get'],
  },
};

/** Whose access token it is, and whether it is still good. */
export const people: TableUse = {
  rows: { pools: ['get', 'query'], lookups: ['get'], users: ['get', 'getMany'] },
};

/** Signatures of changes that are remembered until they are too old. */
export const replay: TableUse = { rows: { nonces: ['put'] } };

/** Requests that are counted, and how many of them an account may make. */
export const rates: TableUse = { rows: { rates: ['update'], accounts: ['get'] } };

/** Messages that are kept instead of sent, and the counts that bound how many texts are paid for. */
export const outbox: TableUse = { rows: { outboxes: ['update'], sentMessages: ['put'] } };
export const textBudget: TableUse = { rows: { texts: ['update'] } };

const credentials: TableUse = {
  rows: {
    accessKeys: ['get', 'getMany', 'put', 'update', 'remove'],
    principals: ['get', 'query', 'put', 'remove'],
    policies: ['get', 'query', 'put', 'update', 'remove'],
    outboxes: ['query'],
    sentMessages: ['query'],
  },
};

/** Purges pools, users and groups row by row, counts users anew, moves signing keys along. */
const worker: TableUse = {
  rows: {
    jobs: ['query', 'put', 'update', 'remove'],
    directory: ['query'],
    pools: ['query', 'put', 'update', 'remove', 'removeMany', 'check'],
    lookups: ['removeMany'],
    users: ['get', 'query', 'remove', 'removeMany'],
    aliases: ['remove', 'removeMany'],
  },
  indexes: ['lists'],
};

const wellknown: TableUse = { rows: { pools: ['get', 'query'], domains: ['get', 'query'] } };

/** Where signing keys are sealed, the worker seals their successors. */
export const sealing: TableUse = { rows: { rings: ['get', 'query', 'put'] } };

/** Rooms and pages are not here: their uses follow from operations. */
export const besideRooms: Partial<Readonly<Record<FunctionName, readonly TableUse[]>>> = {
  credentials: [credentials],
  worker: [worker],
  wellknown: [wellknown],
};
