/** How names of groups are compared: none differs from another one in upper and lower case alone. */
import { lowerCased } from './aliases.ts';

/** In every pool, whatever it says of usernames. */
export const foldGroupName = (name: string): string => lowerCased(name);
