/** The functions of a deployment: one for each room, and those beside them. */
import { fileURLToPath } from 'node:url';
import type { Operation } from '../lambdas/core/contract/operation.ts';
import { rooms } from '../lambdas/index.ts';
import type { Settings } from './settings.ts';

export type RoomName = keyof typeof rooms;

/** `rooms` is the one function that holds every room, where there is no edge to tell them apart. */
export type FunctionName = RoomName | 'rooms' | 'wellknown' | 'credentials' | 'worker' | 'web';

// Object.keys forgets that the keys of a table are its names.
export const roomNames = Object.keys(rooms) as readonly RoomName[];

export const functionNames = ({ routing }: Pick<Settings, 'routing'>): readonly FunctionName[] => [
  ...(routing === 'direct' ? (['rooms'] as const) : roomNames),
  'wellknown',
  'credentials',
  'worker',
  'web',
];

export const isRoom = (name: FunctionName): name is RoomName => Object.hasOwn(rooms, name);

/** What a function answers to; nothing for those that hold no operations of the API. */
export function operationsOf(name: FunctionName): readonly Operation[] {
  if (name === 'rooms') return roomNames.flatMap(operationsOf);
  return isRoom(name) ? Object.values(rooms[name]) : [];
}

/** The same, and operations whose work it does in another way: a page confirms registrations. */
export const workOf = (name: FunctionName): readonly Operation[] =>
  name === 'web' ? [rooms.account.ConfirmSignUp] : operationsOf(name);

export const entryOf = (name: FunctionName): string =>
  fileURLToPath(new URL(name === 'rooms' ? '../lambdas/handler.ts' : `../lambdas/${name}/handler.ts`, import.meta.url));

/** As a part of ids, which are written in capitals. */
export const idOf = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
