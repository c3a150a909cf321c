/** Under which names a deployment is reached, and which one is written into tokens. */
import { Aws } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';

export interface Address {
  /** Begins the issuer of every token; without a slash at the end. */
  readonly issuerBase: string;
  /** Host names that a signed request may carry. */
  readonly ownHosts: readonly string[];
  /** Where callers of IAM get credentials of the service. */
  readonly credentialsEndpoint: string;
}

const credentialsPath = '/_iam/credentials';

export const hostOfApi = (api: HttpApi): string => `${api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;

/** IAM signs for the API itself, so its route is not reached through the edge. */
export const edgeAddress = (api: HttpApi, distributionHost: string, domainName: string | undefined): Address => ({
  issuerBase: `https://${domainName ?? distributionHost}`,
  ownHosts: domainName === undefined ? [distributionHost] : [domainName, distributionHost],
  credentialsEndpoint: `https://${hostOfApi(api)}${credentialsPath}`,
});

export const directAddress = (api: HttpApi): Address => addressOf(hostOfApi(api));

export const addressOf = (host: string): Address => ({
  issuerBase: `https://${host}`,
  ownHosts: [host],
  credentialsEndpoint: `https://${host}${credentialsPath}`,
});
