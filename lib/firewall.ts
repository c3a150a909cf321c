/** The web ACL in front of a deployment: lists of AWS that fit an API of sign-ins, and a bound for each address. */
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

export type Scope = 'CLOUDFRONT' | 'REGIONAL';

/** Of one address within five minutes. Back ends send for many people, so this stops floods and nothing finer. */
const requestsOfAddress = 10_000;

/**
 * Bodies hold what the rules take for attacks: templates of mail in HTML, callback URLs, files of brands. Clients that
 * name no agent are SDKs. These are counted instead of refused.
 */
const countedOnly = [
  'CrossSiteScripting_BODY',
  'EC2MetaDataSSRF_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  'GenericRFI_QUERYARGUMENTS',
  'NoUserAgent_HEADER',
  'SizeRestrictions_BODY',
];

export function makeWebAcl(scope: Construct, id: string, reach: Scope, settings: Settings): CfnWebACL {
  return new CfnWebACL(scope, id, {
    scope: reach,
    description: `${settings.name}: what is refused before it reaches a function`,
    defaultAction: { allow: {} },
    visibilityConfig: visibility(`${settings.name}WebAcl`),
    rules: [
      managed(0, 'AWSManagedRulesAmazonIpReputationList'),
      managed(1, 'AWSManagedRulesKnownBadInputsRuleSet'),
      managed(2, 'AWSManagedRulesCommonRuleSet', countedOnly),
      {
        name: 'RequestsOfAddress',
        priority: 3,
        action: { block: { customResponse: { responseCode: 429 } } },
        statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: requestsOfAddress } },
        visibilityConfig: visibility('RequestsOfAddress'),
      },
    ],
  });
}

const managed = (priority: number, name: string, counted: readonly string[] = []): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ...(counted.length > 0 && {
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      }),
    },
  },
  visibilityConfig: visibility(name),
});

/** Samples would show headers of requests, and with them tokens. */
const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: false,
});
