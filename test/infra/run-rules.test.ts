/** The synthesised app with `routing=rules`: a domain name whose rules choose a REST API for each room. */
import { describe, expect, test } from 'vitest';
import { answeredBy, runningStackContract, sdkOf } from './running-stack.contract.ts';
import { credentialsOf, runningStack } from './running-stack.ts';
import { townOf } from './sign-in-place.ts';
import { confirmPeople, functionArn, installForbidden, installUnlisted, keepFromRunning } from './trigger-life.ts';

const running = runningStack({
  routing: 'rules',
  profile: 'staging',
  domainName: 'pools.example.com',
  certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012',
  mailFrom: 'pools@example.com',
  sms: 'sns',
  triggerFunctions: ['confirming', 'welcome'].map(functionArn).join(','),
  tableKey: 'cmk',
});

describe('By routing rules', () => {
  runningStackContract(running, { functionOf: (room) => room });

  test('pools have the functions run that the operator lists, and no others', { timeout: 60_000 }, async () => {
    const stack = running();
    const town = townOf(stack, sdkOf(stack, await credentialsOf(stack)));
    await confirmPeople(town);
    for (const forbidden of [...installForbidden(town), installUnlisted(town)]) await keepFromRunning(town, forbidden);
  });

  test('the IAM authorizer stands in front of everything under its path', async () => {
    const stack = running();
    const called = await answeredBy(stack, async () => {
      for (const path of ['/_iam/credentials', '/_iam/ListMessages', '/_iam/x/y', '/_iam']) {
        const { status } = await stack.client.send(`${stack.endpoint}${path}`, { method: 'POST', body: '{}' });
        expect({ path, status }).toEqual({ path, status: 403 });
      }
    });
    expect(called).toEqual([]);
  });

  test('nobody comes in by the hosts of the APIs themselves', async () => {
    const { cloud } = running();
    const apis = cloud.ofType('AWS::ApiGateway::RestApi');
    expect(apis.length).toBeGreaterThan(9);
    for (const { properties } of apis) expect(properties['DisableExecuteApiEndpoint']).toBe(true);
  });
});
