/** The domain name, and the rules that lead its requests to the REST API of their room. */
import { ArnFormat, Stack, type StackProps } from 'aws-cdk-lib';
import {
  CfnDomainName,
  CfnDomainNameAccessAssociation,
  CfnDomainNameV2,
  type RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnRoutingRule } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { makeAliases } from '../aliases.ts';
import { operationsOf, roomNames } from '../functions.ts';
import type { Settings } from '../settings.ts';
import { globRules } from './globs.ts';
import { fromEndpointAlone } from './private-policy.ts';
import { type ApiName, stageName } from './rest-apis.ts';

export interface RulesProps extends StackProps {
  readonly settings: Settings;
  readonly apis: ReadonlyMap<ApiName, RestApi>;
}

export interface Rule {
  readonly to: ApiName;
  readonly conditions: readonly CfnRoutingRule.ConditionProperty[];
}

export class RulesStack extends Stack {
  constructor(scope: Construct, id: string, { settings, apis, ...props }: RulesProps) {
    super(scope, id, props);
    const domainNameArn = settings.vpcEndpointId === undefined ? this.publicName(settings) : this.privateName(settings);
    // By their place: a list that has changed replaces conditions, and no two rules ever claim one priority.
    for (const [at, rule] of rules().entries()) this.addRule(at, domainNameArn, rule, apis);
  }

  private addRule(at: number, domainNameArn: string, { to, conditions }: Rule, apis: RulesProps['apis']): void {
    const api = apis.get(to);
    if (!api) throw new Error(`No API ${to}.`);
    new CfnRoutingRule(this, `Rule${at + 1}`, {
      domainNameArn,
      priority: (at + 1) * 100,
      conditions: [...conditions],
      actions: [{ invokeApi: { apiId: api.restApiId, stage: stageName, stripBasePath: false } }],
    });
  }

  private publicName(settings: Settings): string {
    const { domainName = '', certificateArn = '' } = settings;
    const domain = new CfnDomainName(this, 'Domain', {
      domainName,
      regionalCertificateArn: certificateArn,
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'dualstack' },
      securityPolicy,
      routingMode,
    });
    makeAliases(this, settings, {
      bind: () => ({
        dnsName: domain.attrRegionalDomainName,
        hostedZoneId: domain.attrRegionalHostedZoneId,
      }),
    });
    return this.formatArn({
      service: 'apigateway',
      account: '',
      resource: '/domainnames',
      resourceName: domain.ref,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }

  private privateName({ domainName = '', certificateArn = '', vpcEndpointId = '' }: Settings): string {
    const domain = new CfnDomainNameV2(this, 'PrivateDomain', {
      domainName,
      certificateArn,
      endpointConfiguration: { types: ['PRIVATE'] },
      policy: fromEndpointAlone(vpcEndpointId),
      securityPolicy,
      routingMode,
    });
    new CfnDomainNameAccessAssociation(this, 'Access', {
      accessAssociationSource: vpcEndpointId,
      accessAssociationSourceType: 'VPCE',
      domainNameArn: domain.attrDomainNameArn,
    });
    return domain.attrDomainNameArn;
  }
}

const routingMode = 'ROUTING_RULE_ONLY';
const securityPolicy = 'TLS_1_2';

const roomsByOperation = (): ReadonlyMap<string, string> =>
  new Map(roomNames.flatMap((room) => operationsOf(room).map(({ name }) => [name, room] as const)));

/** Credentials by their path, calls by their target, and the rest. */
export const rules = (): readonly Rule[] => [
  { to: 'credentials', conditions: [{ matchBasePaths: { anyOf: ['_iam'] } }] },
  ...globRules(roomsByOperation()).map(
    ({ glob, room }): Rule => ({
      to: requireRoom(room),
      conditions: [{ matchHeaders: { anyOf: [{ header: 'x-amz-target', valueGlob: glob }] } }],
    }),
  ),
  { to: 'web', conditions: [] },
];

function requireRoom(name: string): ApiName {
  const room = roomNames.find((known) => known === name);
  if (room === undefined) throw new Error(`No room ${name}.`);
  return room;
}
