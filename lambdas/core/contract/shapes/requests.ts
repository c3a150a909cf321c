/** What may come along with a request: metadata for triggers, analytics and risk. */
import { s } from '../shape.ts';
import { text } from './text.ts';

export const clientMetadata = s.map(text, text);
export const analyticsMetadata = s.structure({ AnalyticsEndpointId: s.optional(text) });

export const userContextData = s.secret(s.structure({ IpAddress: s.optional(text), EncodedData: s.optional(text) }));
