/** OAuth flows and scopes. */
import { s } from '../shape.ts';

export const oauthFlow = s.oneOf('code', 'implicit', 'client_credentials');
const scope = s.string({ min: 1, max: 256, pattern: String.raw`[\x21\x23-\x5B\x5D-\x7E]+` });
export const scopes = s.list(scope, { max: 50 });
