/** Makes styles of managed pages through the API. */
import {
  type AssetType,
  CreateManagedLoginBrandingCommand,
  type CreateManagedLoginBrandingCommandInput,
  DescribeManagedLoginBrandingByClientCommand,
  DescribeManagedLoginBrandingCommand,
  type ManagedLoginBrandingType,
  UpdateManagedLoginBrandingCommand,
  type UpdateManagedLoginBrandingCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { png } from './images.ts';
import type { Service } from './start-service.ts';

type Sender = Pick<Service, 'client'>;
type App = { readonly id: string; readonly poolId: string };

export const asset = (members: Partial<AssetType> = {}): AssetType => ({
  Category: 'FORM_LOGO',
  ColorMode: 'LIGHT',
  Extension: 'PNG',
  Bytes: png(100),
  ...members,
});

function given(style: ManagedLoginBrandingType | undefined): ManagedLoginBrandingType & { readonly id: string } {
  if (!style?.ManagedLoginBrandingId) throw new Error('The answer lacks what it must have');
  return { ...style, id: style.ManagedLoginBrandingId };
}

/** With the service's own values, unless the settings say otherwise. */
export async function createStyle(
  { client }: Sender,
  { id: ClientId, poolId: UserPoolId }: App,
  asked: Partial<CreateManagedLoginBrandingCommandInput> = { UseCognitoProvidedValues: true },
) {
  const answer = await client.send(new CreateManagedLoginBrandingCommand({ UserPoolId, ClientId, ...asked }));
  return given(answer.ManagedLoginBranding);
}

export async function updateStyle(
  { client }: Sender,
  { poolId: UserPoolId }: App,
  ManagedLoginBrandingId: string,
  asked: Partial<UpdateManagedLoginBrandingCommandInput>,
) {
  const answer = await client.send(
    new UpdateManagedLoginBrandingCommand({ UserPoolId, ManagedLoginBrandingId, ...asked }),
  );
  return given(answer.ManagedLoginBranding);
}

export async function readStyle(
  { client }: Sender,
  { poolId: UserPoolId }: App,
  ManagedLoginBrandingId: string,
  ReturnMergedResources?: boolean,
) {
  const input = { UserPoolId, ManagedLoginBrandingId, ReturnMergedResources };
  return given((await client.send(new DescribeManagedLoginBrandingCommand(input))).ManagedLoginBranding);
}

export async function styleOf(
  { client }: Sender,
  { id: ClientId, poolId: UserPoolId }: App,
  ReturnMergedResources?: boolean,
) {
  const input = { UserPoolId, ClientId, ReturnMergedResources };
  return given((await client.send(new DescribeManagedLoginBrandingByClientCommand(input))).ManagedLoginBranding);
}
