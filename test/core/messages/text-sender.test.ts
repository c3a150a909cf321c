import { expect, test } from 'vitest';
import { textSenderOf } from '../../../lambdas/core/messages/text-sender.ts';
import type { PoolSettings } from '../../../lambdas/core/model/pool.ts';
import type { TextSender } from '../../../lambdas/core/ports/messenger.ts';

const arn = 'arn:aws:iam::000000000000:role/sms';

test.each<[string, PoolSettings['SmsConfiguration'], TextSender | undefined]>([
  ['nothing where the pool says nothing', undefined, undefined],
  ['nothing where it names no role', { SnsCallerArn: '', ExternalId: 'pool' }, undefined],
  ['the region', { SnsRegion: 'eu-west-1' }, { region: 'eu-west-1' }],
  ['the role', { SnsCallerArn: arn }, { role: { arn } }],
  [
    'the role with what it asks for (triggers-and-messages 36)',
    { SnsCallerArn: arn, ExternalId: 'pool', SnsRegion: 'eu-west-1' },
    { role: { arn, externalId: 'pool' }, region: 'eu-west-1' },
  ],
  ['an id that is empty as none', { SnsCallerArn: arn, ExternalId: '' }, { role: { arn } }],
  [
    'the newer service with all that it takes (triggers-and-messages 36)',
    {
      EumsSms: {
        CallerArn: arn,
        ExternalId: 'pool',
        Region: 'eu-west-1',
        OriginationIdentity: 'SHOP',
        ConfigurationSetName: 'own',
        InEntityId: 'e',
        InTemplateId: 't',
      },
    },
    {
      service: 'EUMS',
      role: { arn, externalId: 'pool' },
      region: 'eu-west-1',
      origination: 'SHOP',
      configurationSet: 'own',
      entityId: 'e',
      templateId: 't',
    },
  ],
])('A text names of its sender %s', (_what, SmsConfiguration, sender) => {
  expect(textSenderOf({ settings: { SmsConfiguration } })).toEqual(sender);
});
