/** What the service says at the terminal. */
import { describe, expect, test } from 'vitest';
import { announcement, messageLine } from '../../lambdas/adapters/local/announce.ts';
import type { OutboxRecord } from '../../lambdas/adapters/local/outbox-record.ts';

const service = {
  endpoint: 'http://localhost:9229',
  issuer: 'http://localhost:9229',
  region: 'eu-west-1',
  data: '/srv/my pond',
  outboxPage: 'http://localhost:9229/_local/outbox',
  seeded: {
    pools: {
      shop: { id: 'eu-west-1_AbCdEfGhI', region: 'eu-west-1', clients: { web: { id: '1a2b3c', secret: 'hidden' } } },
    },
  },
};

const aRecord = (changes: Partial<OutboxRecord> = {}): OutboxRecord => ({
  id: '0000000000000001',
  at: '2026-01-01T00:00:00.000Z',
  channel: 'EMAIL',
  poolId: 'eu-west-1_AbCdEfGhI',
  clientId: null,
  username: 'ada',
  to: 'ada@example.com',
  from: null,
  subject: null,
  html: null,
  text: 'text',
  kind: 'SignUp',
  code: '012345',
  link: null,
  ...changes,
});

describe('the announcement of a started service', () => {
  test('ends with Ready and the facts as JSON', () => {
    const last = announcement(service).trimEnd().split('\n').at(-1) ?? '';
    expect(last.startsWith('Ready {')).toBe(true);
    expect(JSON.parse(last.slice('Ready '.length))).toEqual({
      endpoint: 'http://localhost:9229',
      issuer: 'http://localhost:9229',
      region: 'eu-west-1',
      data: '/srv/my pond',
      outbox: 'http://localhost:9229/_local/outbox',
      pools: { shop: { id: 'eu-west-1_AbCdEfGhI', region: 'eu-west-1', clients: { web: '1a2b3c' } } },
    });
  });

  test('has lines to paste into a shell', () => {
    const exported = announcement({ ...service, caFile: "/srv/ada's pond/ca.crt" }).match(/^ {2}export .*$/gm);
    expect(exported).toEqual([
      '  export AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER=http://localhost:9229',
      '  export AWS_REGION=eu-west-1',
      '  export AWS_DEFAULT_REGION=eu-west-1',
      '  export AWS_ACCESS_KEY_ID=local',
      '  export AWS_SECRET_ACCESS_KEY=local',
      "  export NODE_EXTRA_CA_CERTS='/srv/ada'\\''s pond/ca.crt'",
    ]);
  });

  test('names data folder, outbox, pools and clients, but no secret', () => {
    const said = announcement(service);
    for (const part of ['/srv/my pond', '/_local/outbox', 'eu-west-1_AbCdEfGhI  shop', '1a2b3c  web']) {
      expect(said).toContain(part);
    }
    expect(said).not.toContain('hidden');
  });

  test('says where to read what functions were given, where some run', () => {
    const triggersPage = 'http://localhost:9229/_local/triggers';
    expect(announcement({ ...service, triggersPage })).toContain(`  Triggers  ${triggersPage}\n`);
    expect(announcement(service)).not.toContain('Triggers');
  });

  test('says what is not kept and what is not shown', () => {
    const said = announcement({ ...service, data: undefined, outboxPage: undefined });
    expect(said).toMatch(/Data +in memory, forgotten at the end/);
    expect(said).toMatch(/Outbox +off: messages are sent/);
  });
});

describe('the line for a message', () => {
  test('has channel, recipient, kind and code', () => {
    expect(messageLine(aRecord())).toBe('[mail] ada@example.com SignUp code=012345');
    expect(messageLine(aRecord({ channel: 'SMS', to: '+15550100' }))).toBe('[sms] +15550100 SignUp code=012345');
  });

  test('has the link where there is no code', () => {
    expect(messageLine(aRecord({ code: null, link: 'https://a/b' }))).toContain(' link=https://a/b');
    expect(messageLine(aRecord({ code: null }))).toBe('[mail] ada@example.com SignUp');
  });

  test('stays one line that steers no terminal', () => {
    const to = 'ada\u001b[2J\r\nReady {}\u202e@example.com';
    expect(messageLine(aRecord({ to }))).toBe('[mail] ada[2JReady {}@example.com SignUp code=012345');
  });
});
