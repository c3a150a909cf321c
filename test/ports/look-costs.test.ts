/** What operations on domains, styles, terms and looks cost. */
import {
  DeleteManagedLoginBrandingCommand,
  DeleteTermsCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolDomainCommand,
  SetUICustomizationCommand,
  UpdateTermsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { createDomain, custom, newHostName, newPrefix } from '../support/domains.ts';
import { type Price, pricedPool } from '../support/priced-pool.ts';
import { asset, createStyle, readStyle, styleOf, updateStyle } from '../support/styles.ts';
import { createTerms } from '../support/terms.ts';

const unitsOf = ({ readUnits, writeUnits }: Price) => [readUnits, writeUnits];

test('Domains, styles, terms and looks cost what the documentation says, in read and write units', async () => {
  const { aClient, pool, priceOf } = await pricedPool(0);
  const UserPoolId = pool.id;
  const app = await aClient(pool);
  const [prefix, host] = [newPrefix(), newHostName()];
  const units: Record<string, readonly number[]> = {};
  const price = async (what: string, send: Parameters<typeof priceOf>[0]) => {
    units[what] = unitsOf(await priceOf(send));
  };
  let id = '';
  let TermsId = '';
  await price('add a prefix', (client) => createDomain({ client }, UserPoolId, prefix));
  await price('add a host name', (client) => createDomain({ client }, UserPoolId, host, custom));
  await price('domain', (client) => client.send(new DescribeUserPoolDomainCommand({ Domain: prefix })));
  await price('add a style', async (client) => {
    ({ id } = await createStyle({ client }, app, { Settings: {}, Assets: [asset()] }));
  });
  await price('style', (client) => readStyle({ client }, app, id));
  await price('style of a client', (client) => styleOf({ client }, app));
  await price('change a style', (client) => updateStyle({ client }, app, id, { Settings: {} }));
  await price('change an image', (client) => updateStyle({ client }, app, id, { Settings: {}, Assets: [asset()] }));
  await price('add terms', async (client) => {
    ({ TermsId = '' } = await createTerms({ client }, app));
  });
  await price('change terms', (client) => client.send(new UpdateTermsCommand({ UserPoolId, TermsId })));
  const look = { UserPoolId, ClientId: app.id, CSS: '.logo-customizable {max-width: 60%;}' };
  await price('set a look', (client) => client.send(new SetUICustomizationCommand(look)));
  await price('remove terms', (client) => client.send(new DeleteTermsCommand({ UserPoolId, TermsId })));
  await price('remove a style', (client) =>
    client.send(new DeleteManagedLoginBrandingCommand({ UserPoolId, ManagedLoginBrandingId: id })),
  );
  await price('remove a host name', (client) =>
    client.send(new DeleteUserPoolDomainCommand({ UserPoolId, Domain: host })),
  );
  // The pool's version, its row and the client's are among the reads; the row of the pool is what a domain costs most for.
  expect(units).toEqual({
    'add a prefix': [1, 12],
    'add a host name': [1, 14],
    domain: [2, 0],
    'remove a host name': [2, 14],
    'add a style': [2.5, 12],
    style: [2.5, 0],
    'style of a client': [4.5, 0],
    'change a style': [2.5, 4],
    'change an image': [2.5, 8],
    'remove a style': [2.5, 8],
    'add terms': [2.5, 8],
    'change terms': [1.5, 4],
    'remove terms': [1.5, 6],
    'set a look': [2.5, 6],
  });
});
