/** Puts a web ACL in front of each REST API: there is no distribution that could have one for all. */
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { makeWebAcl } from '../firewall.ts';
import { idOf } from '../functions.ts';
import { hasFirewall, type Settings } from '../settings.ts';
import type { ApiName } from './rest-apis.ts';

export function protectStages(scope: Construct, settings: Settings, apis: ReadonlyMap<ApiName, RestApi>): void {
  const webAclArn = hasFirewall(settings)
    ? makeWebAcl(scope, 'WebAcl', 'REGIONAL', settings).attrArn
    : settings.webAclArn;
  if (webAclArn === undefined) return;
  for (const [name, api] of apis) {
    const resourceArn = api.deploymentStage.stageArn;
    new CfnWebACLAssociation(scope, `${idOf(name)}Protection`, { resourceArn, webAclArn });
  }
}
