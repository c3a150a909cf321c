/** Tokens and sessions. */
import { s } from '../shape.ts';
import { clientId } from './identifiers.ts';

export const session = s.secret(s.string({ min: 20, max: 2048 }));
export const tokenString = s.secret(s.string({ pattern: '[A-Za-z0-9-_=.]+' }));
export const sessionId = s.string({ min: 28, max: 28, pattern: '(tkn|sso)[a-z0-9]{25}' });
const sessionLocation = s.structure({ City: s.optional(s.string()), Country: s.optional(s.string()) });

export const sessionDescription = s.structure({
  SessionId: s.optional(sessionId),
  SessionType: s.optional(s.oneOf('SSO', 'TOKEN')),
  ClientId: s.optional(clientId),
  CreateDate: s.optional(s.timestamp()),
  LastActiveDate: s.optional(s.timestamp()),
  DeviceType: s.optional(s.string({ max: 1024 })),
  LastIPAddress: s.optional(s.secret(s.string({ max: 128 }))),
  LastLocation: s.optional(sessionLocation),
  OriginSessionId: s.optional(sessionId),
  IsCurrentSession: s.optional(s.boolean()),
});

export const revokeAssociatedSessions = s.oneOf('LINKED', 'NONE');
