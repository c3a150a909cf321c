/** Passkeys as a page of an application makes them: aws-amplify in a browser, with an authenticator that the browser plays. */
import { SetUserPoolMfaConfigCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Browser, Page } from 'playwright-core';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { sayAbsent } from '../clients/outside-programs.ts';
import { runningService } from '../clients/running-service.ts';
import { amplifyForPages } from '../support/amplify-for-pages.ts';
import { sdkClientOf } from '../support/sdk-client.ts';
import { openBrowsers } from './browser.ts';
import { anotherSite } from './other-site.ts';

const { browsers, absence } = await openBrowsers();
if (absence !== '') sayAbsent([], absence);

const running = runningService();
const password = 'Analytical-1843';

/** An authenticator that is built in, and knows its owner unless it is told otherwise. */
async function playAuthenticator(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const;
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options });
  return {
    knowsOwner: (isUserVerified: boolean) =>
      session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    counters: async () => {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
      return credentials.map(({ signCount }) => signCount);
    },
  };
}

async function aPageOf(browser: Browser, settings: { readonly UserVerification?: 'required' } = {}) {
  const { endpoint, aPool, aClient, aUser, millpond } = await running();
  const pool = await aPool({ Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } });
  const WebAuthnConfiguration = { RelyingPartyId: 'localhost', ...settings };
  await sdkClientOf(endpoint, millpond.region).send(
    new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, WebAuthnConfiguration }),
  );
  const app = await aClient(pool, { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH'] });
  await aUser(pool, { username: 'ada', password });

  const site = await anotherSite(() => ({ '/': '<!doctype html><title>An application</title>' }));
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const authenticator = await playAuthenticator(page);
  await page.goto(site.origin.replace('127.0.0.1', 'localhost'));
  await page.addScriptTag({ content: await amplifyForPages() });
  const Cognito = { userPoolId: pool.id, userPoolClientId: app.id, userPoolEndpoint: endpoint };
  await page.evaluate(`amplify.Amplify.configure(${JSON.stringify({ Auth: { Cognito } })})`);
  /** What a function of aws-amplify answers, or the name and message of what it throws. */
  const run = (name: string, input?: object): Promise<unknown> =>
    page.evaluate(
      `amplify.${name}(${JSON.stringify(input) ?? ''}).catch((error) => error.name + ': ' + error.message)`,
    );
  return { run, authenticator };
}

const withPasskey = {
  username: 'ada',
  options: { authFlowType: 'USER_AUTH', preferredChallenge: 'WEB_AUTHN' },
};

describe.each(browsers)('aws-amplify in a browser', (browser) => {
  afterAll(() => browser.close());

  test('registers a passkey, lists it, signs in with it, and deletes it (auth-flows 35 and 36)', async () => {
    const { run, authenticator } = await aPageOf(browser);
    expect(await run('signIn', { username: 'ada', password })).toMatchObject({ isSignedIn: true });
    expect(await run('associateWebAuthnCredential')).toBeUndefined();
    expect(await run('listWebAuthnCredentials')).toMatchObject({
      credentials: [
        {
          friendlyCredentialName: 'Platform passkey',
          relyingPartyId: 'localhost',
          authenticatorAttachment: 'platform',
        },
      ],
    });

    for (const times of [1, 2]) {
      await run('signOut');
      expect([times, await run('signIn', withPasskey)]).toMatchObject([times, { isSignedIn: true }]);
      expect(await run('getCurrentUser')).toMatchObject({ username: 'ada' });
    }
    expect(await authenticator.counters()).toEqual([3]);

    const { credentials } = (await run('listWebAuthnCredentials')) as {
      readonly credentials: readonly { readonly credentialId: string }[];
    };
    expect(await run('deleteWebAuthnCredential', { credentialId: credentials[0]?.credentialId })).toBeUndefined();
    expect(await run('listWebAuthnCredentials')).toMatchObject({ credentials: [] });
    await run('signOut');
    expect(await run('signIn', withPasskey)).toMatchObject({
      isSignedIn: false,
      nextStep: { signInStep: 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION' },
    });
  });

  test('chooses the passkey among all ways to sign in (auth-flows 36)', async () => {
    const { run } = await aPageOf(browser);
    await run('signIn', { username: 'ada', password });
    await run('associateWebAuthnCredential');
    await run('signOut');
    expect(await run('signIn', { username: 'ada', options: { authFlowType: 'USER_AUTH' } })).toMatchObject({
      nextStep: { availableChallenges: ['PASSWORD_SRP', 'PASSWORD', 'WEB_AUTHN'] },
    });
    expect(await run('confirmSignIn', { challengeResponse: 'WEB_AUTHN' })).toMatchObject({ isSignedIn: true });
  });

  test('asks the authenticator who holds it where the pool wants that', async () => {
    const { run, authenticator } = await aPageOf(browser, { UserVerification: 'required' });
    await run('signIn', { username: 'ada', password });
    await run('associateWebAuthnCredential');
    await run('signOut');
    await authenticator.knowsOwner(false);
    expect(await run('signIn', withPasskey)).toMatch(/^PasskeyAuthenticationCanceled: /);
    await authenticator.knowsOwner(true);
    expect(await run('signIn', withPasskey)).toMatchObject({ isSignedIn: true });
  });

  test('registers no authenticator twice', async () => {
    const { run } = await aPageOf(browser);
    await run('signIn', { username: 'ada', password });
    await run('associateWebAuthnCredential');
    expect(await run('associateWebAuthnCredential')).toMatch(/^PasskeyAlreadyExists: /);
    expect(await run('listWebAuthnCredentials')).toMatchObject({ credentials: [{}] });
  });
});
