/** Styles with images as the stores have them, and the rows that there are of such images. */
import { randomUUID } from 'node:crypto';
import { jobs } from '../../lambdas/adapters/dynamodb/keys.ts';
import { everyItem } from '../../lambdas/adapters/dynamodb/paging.ts';
import type { Item, Table } from '../../lambdas/adapters/dynamodb/table.ts';
import type { Client } from '../../lambdas/core/model/client.ts';
import type { Asset, Style } from '../../lambdas/core/model/style.ts';
import type { StyleStore } from '../../lambdas/core/ports/style-store.ts';
import type { WorkerPorts } from '../../lambdas/worker/ports.ts';
import { runJob } from '../../lambdas/worker/run-job.ts';
import { untiring } from './worker.ts';

/** Not an image at all: the store does not look. */
export const anImage = (size: number, filling = 7, members: Partial<Asset> = {}): Asset => ({
  category: 'FORM_LOGO',
  colorMode: 'LIGHT',
  extension: 'PNG',
  bytes: new Uint8Array(size).fill(filling),
  ...members,
});

export const newStyle = (
  { poolId, id: clientId }: Pick<Client, 'poolId' | 'id'>,
  members: Partial<Style> = {},
): Style => ({
  poolId,
  id: randomUUID(),
  clientId,
  assets: [],
  createdAt: 5,
  modifiedAt: 6,
  version: 0,
  ...members,
});

interface Stored {
  readonly styles: Pick<StyleStore, 'find'>;
}

/** As it is read, but for the places of its images. */
export async function read({ styles }: Stored, { poolId, id }: Style): Promise<Style | undefined> {
  const style = await styles.find(poolId, id);
  return style && { ...style, assets: style.assets.map(({ place: _place, ...asset }) => asset) };
}

/** As a change begins with it. */
export async function current({ styles }: Stored, { poolId, id }: Style): Promise<Style> {
  const style = await styles.find(poolId, id);
  if (!style) throw new Error('The style is gone.');
  return style;
}

/** All rows of images of the pool, whether a style has them or not. */
export const imageRows = (table: Table, poolId: string): Promise<readonly Item[]> =>
  everyItem(table, { partition: `P#${poolId}`, sort: { prefix: 'BA#' }, consistent: true });

export const jobRows = (table: Table): Promise<readonly Item[]> => everyItem(table, { ...jobs, consistent: true });

/** Everything that is due, on a table that nobody else has jobs on. */
export async function runDue(worker: WorkerPorts): Promise<void> {
  for (const id of await worker.jobStore.due(worker.clock.now())) await runJob(worker, id, untiring);
}
