/** Gives who has confirmed an attribute and a link of their own, and reads them again, all through the API. */
import {
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { PostConfirmationTriggerHandler } from 'aws-lambda';

const client = new CognitoIdentityProviderClient({});

export const handler: PostConfirmationTriggerHandler = async (event) => {
  const user = { UserPoolId: event.userPoolId, Username: event.userName };
  const UserAttributes = [{ Name: 'nickname', Value: 'welcome' }];
  await client.send(new AdminUpdateUserAttributesCommand({ ...user, UserAttributes }));
  const { clientMetadata: { provider } = {} } = event.request;
  if (provider !== undefined) {
    await client.send(
      new AdminLinkProviderForUserCommand({
        UserPoolId: event.userPoolId,
        DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: event.userName },
        SourceUser: {
          ProviderName: provider,
          ProviderAttributeName: 'Cognito_Subject',
          ProviderAttributeValue: `of-${event.userName}`,
        },
      }),
    );
  }
  const { UserStatus } = await client.send(new AdminGetUserCommand(user));
  console.log(`${event.userName} is ${UserStatus}`);
  return event;
};
