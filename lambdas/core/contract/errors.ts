/** Every error that a caller can receive: one named function for each message, by topic. */

export * from './errors/access.ts';
export * from './errors/branding.ts';
export * from './errors/clients.ts';
export * from './errors/codes.ts';
export * from './errors/devices.ts';
export * from './errors/domains.ts';
export * from './errors/federation.ts';
export * from './errors/groups.ts';
export * from './errors/messages.ts';
export * from './errors/passkeys.ts';
export * from './errors/passwords.ts';
export * from './errors/pools.ts';
export * from './errors/protocol.ts';
export * from './errors/quotas.ts';
export * from './errors/refusal.ts';
export * from './errors/second-factors.ts';
export * from './errors/sign-in.ts';
export * from './errors/signatures.ts';
export * from './errors/tokens.ts';
export * from './errors/triggers.ts';
export * from './errors/users.ts';
