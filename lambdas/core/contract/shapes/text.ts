/** Free text, as the API bounds it everywhere. */
import { s } from '../shape.ts';

export const text = s.string({ max: 131072 });
