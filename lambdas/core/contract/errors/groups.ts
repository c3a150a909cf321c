/** Refusals about groups and who is in them. */

import { Refusal } from './refusal.ts';

export const groupNotFound = (): Refusal => new Refusal('ResourceNotFoundException', 'Group not found.', 'recorded');

/** Also where the names differ in upper and lower case alone. */
export const groupExists = (): Refusal =>
  new Refusal('GroupExistsException', 'A group with the name already exists', 'recorded');
