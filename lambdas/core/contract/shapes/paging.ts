/** Page sizes and page tokens. */
import { s } from '../shape.ts';

export const limit = s.integer({ min: 0, max: 60 });
export const paginationToken = s.string({ min: 1, pattern: String.raw`[\S]+` });
export const paginationKey = s.string({ min: 1, max: 131072, pattern: String.raw`[\S]+` });
export const maxResults = s.integer({ min: 1, max: 60 });
