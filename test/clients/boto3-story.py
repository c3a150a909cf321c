"""What somebody does with boto3: prints what came of it as JSON, for the tests to judge."""
import base64
import hashlib
import hmac
import json
import os
import time
import urllib.request
from datetime import datetime

import boto3

ENDPOINT = os.environ['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER']
NAME, PASSWORD, NEW_PASSWORD = 'Ådå', 'Pří-liš-Aa-1', 'źródło-Aa-2'
ADDRESS = 'ada@example.com'


def client():
    """Since 1.28, of July 2023, boto3 finds the endpoint in the environment by itself."""
    reads_endpoint = tuple(int(part) for part in boto3.__version__.split('.')[:2]) >= (1, 28)
    return boto3.client('cognito-idp', **({} if reads_endpoint else {'endpoint_url': ENDPOINT}))


def newest_code(pool_id):
    with urllib.request.urlopen(f'{ENDPOINT}/_local/outbox/wait?poolId={pool_id}&to={ADDRESS}') as answer:
        return json.load(answer)['code']


def refusal(call, **request):
    """The refusal as boto3 raises it: of the class that the client has for it."""
    try:
        call(**request)
    except idp.exceptions.ClientError as error:
        described, facts = error.response['Error'], error.response['ResponseMetadata']
        of_class = getattr(idp.exceptions, described['Code'])
        return {
            'isOfItsClass': isinstance(error, of_class),
            'code': described['Code'],
            'message': described['Message'],
            'status': facts['HTTPStatusCode'],
            'retries': facts['RetryAttempts'],
        }
    return None


def totp(secret, steps=0):
    """RFC 6238, for the step that is now or some steps away."""
    counter = (int(time.time()) // 30 + steps).to_bytes(8, 'big')
    key = base64.b32decode(secret + '=' * (-len(secret) % 8))
    mac = hmac.new(key, counter, hashlib.sha1).digest()
    at = mac[-1] & 15
    return f'{(int.from_bytes(mac[at:at + 4], "big") & 0x7FFFFFFF) % 1000000:06}'


idp = client()

pool = idp.create_user_pool(PoolName='people', AutoVerifiedAttributes=['email'])['UserPool']
app = idp.create_user_pool_client(
    UserPoolId=pool['Id'],
    ClientName='web',
    GenerateSecret=True,
    ExplicitAuthFlows=['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
)['UserPoolClient']

mac = hmac.new(app['ClientSecret'].encode(), (NAME + app['ClientId']).encode(), hashlib.sha256)
SECRET_HASH = base64.b64encode(mac.digest()).decode()
account = {'ClientId': app['ClientId'], 'SecretHash': SECRET_HASH, 'Username': NAME}


def begin(flow, **parameters):
    return idp.admin_initiate_auth(
        UserPoolId=pool['Id'],
        ClientId=app['ClientId'],
        AuthFlow=flow,
        AuthParameters={'USERNAME': NAME, 'SECRET_HASH': SECRET_HASH, **parameters},
    )


def sign_in(flow, **parameters):
    return begin(flow, **parameters)['AuthenticationResult']


def answer(challenge, **responses):
    return idp.admin_respond_to_auth_challenge(
        UserPoolId=pool['Id'],
        ClientId=app['ClientId'],
        ChallengeName=challenge['ChallengeName'],
        Session=challenge['Session'],
        ChallengeResponses={'USERNAME': NAME, 'SECRET_HASH': SECRET_HASH, **responses},
    )


def with_password(PASSWORD):
    return sign_in('ADMIN_USER_PASSWORD_AUTH', PASSWORD=PASSWORD)


story = {}
signed_up = idp.sign_up(
    Password=PASSWORD, UserAttributes=[{'Name': 'email', 'Value': ADDRESS}], **account
)
story['codeWentTo'] = signed_up['CodeDeliveryDetails']['Destination']
story['unconfirmed'] = refusal(with_password, PASSWORD=PASSWORD)
idp.confirm_sign_up(ConfirmationCode=newest_code(pool['Id']), **account)

tokens = with_password(PASSWORD)
story['tokens'] = sorted(tokens)
story['user'] = idp.get_user(AccessToken=tokens['AccessToken'])['Username']
story['refreshed'] = sorted(sign_in('REFRESH_TOKEN_AUTH', REFRESH_TOKEN=tokens['RefreshToken']))

idp.forgot_password(**account)
idp.confirm_forgot_password(ConfirmationCode=newest_code(pool['Id']), Password=NEW_PASSWORD, **account)
story['formerPassword'] = refusal(with_password, PASSWORD=PASSWORD)
tokens = with_password(NEW_PASSWORD)
idp.global_sign_out(AccessToken=tokens['AccessToken'])
story['signedOut'] = refusal(idp.get_user, AccessToken=tokens['AccessToken'])

is_user = {'UserPoolId': pool['Id'], 'Username': NAME}
idp.set_user_pool_mfa_config(
    UserPoolId=pool['Id'], MfaConfiguration='OPTIONAL', SoftwareTokenMfaConfiguration={'Enabled': True}
)
idp.admin_set_user_password(**is_user, Password=PASSWORD, Permanent=False)
challenge = begin('ADMIN_USER_PASSWORD_AUTH', PASSWORD=PASSWORD)
story['challenges'] = [challenge['ChallengeName']]
story['badPassword'] = refusal(answer, challenge=challenge, NEW_PASSWORD='short')
tokens = answer(challenge, NEW_PASSWORD=NEW_PASSWORD)['AuthenticationResult']
secret = idp.associate_software_token(AccessToken=tokens['AccessToken'])['SecretCode']
verified = idp.verify_software_token(AccessToken=tokens['AccessToken'], UserCode=totp(secret, -1))
story['app'] = verified['Status']
idp.admin_set_user_mfa_preference(**is_user, SoftwareTokenMfaSettings={'Enabled': True, 'PreferredMfa': True})
story['factors'] = idp.admin_get_user(**is_user)['UserMFASettingList']
challenge = begin('ADMIN_NO_SRP_AUTH', PASSWORD=NEW_PASSWORD)
story['challenges'].append(challenge['ChallengeName'])
others = {totp(secret, steps) for steps in range(-2, 4)}
wrong = next(code for code in (f'{number:06}' for number in range(100)) if code not in others)
story['badCode'] = refusal(answer, challenge=challenge, SOFTWARE_TOKEN_MFA_CODE=wrong)
signed_in = answer(challenge, SOFTWARE_TOKEN_MFA_CODE=totp(secret))
story['answered'] = sorted(signed_in['AuthenticationResult'])
idp.admin_user_global_sign_out(**is_user)
refresh_token = signed_in['AuthenticationResult']['RefreshToken']
story['refreshedLater'] = refusal(sign_in, flow='REFRESH_TOKEN_AUTH', REFRESH_TOKEN=refresh_token)

for number in range(4):
    idp.admin_create_user(UserPoolId=pool['Id'], Username=f'user-{number}', MessageAction='SUPPRESS')
pages = idp.get_paginator('list_users').paginate(UserPoolId=pool['Id'], PaginationConfig={'PageSize': 2})
names = [[user['Username'] for user in page['Users']] for page in pages]
story['pageSizes'] = [len(page) for page in names]
story['names'] = sorted(name for page in names for name in page)

described = idp.describe_user_pool(UserPoolId=pool['Id'])['UserPool']
story['timesAreDates'] = all(isinstance(described[name], datetime) for name in ('CreationDate', 'LastModifiedDate'))
deleted = idp.delete_user_pool(UserPoolId=pool['Id'])
story['deleted'] = [deleted['ResponseMetadata']['HTTPStatusCode'], sorted(deleted)]
story['nowhere'] = refusal(idp.describe_user_pool, UserPoolId=pool['Id'])

print(json.dumps(story))
