/** The web ACL of the distribution, where CloudFront takes it from: us-east-1, wherever the rest is. */
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { makeWebAcl } from './firewall.ts';
import type { Settings } from './settings.ts';

export const regionOfEdge = 'us-east-1';

export class FirewallStack extends Stack {
  readonly webAclArn: string;

  constructor(scope: Construct, id: string, settings: Settings, props: StackProps) {
    // Deployments of one name in several Regions have each their own, all of them here.
    const stackName = `${id}-${settings.region}`;
    super(scope, id, { ...props, stackName, env: { ...props.env, region: regionOfEdge } });
    this.webAclArn = makeWebAcl(this, 'WebAcl', 'CLOUDFRONT', settings).attrArn;
  }
}
