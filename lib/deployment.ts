/** The stacks of one deployment, in the order in which they need each other. */
import { type App, type Environment, type StackProps, Tags } from 'aws-cdk-lib';
import { type Address, addressOf, directAddress, edgeAddress } from './address.ts';
import { EdgeStack } from './edge-stack.ts';
import { FirewallStack, regionOfEdge } from './firewall-stack.ts';
import { RulesStack } from './rules/rules-stack.ts';
import { ServiceStack } from './service-stack.ts';
import { hasFirewall, type Settings } from './settings.ts';
import { StateStack } from './state-stack.ts';

interface Deployment {
  readonly app: App;
  readonly settings: Settings;
  readonly props: StackProps;
  readonly state: StateStack;
}

export function makeDeployment(app: App, settings: Settings, version: string): void {
  const props = { env: environmentOf(settings) } satisfies StackProps;
  const state = new StateStack(app, `${settings.name}-State`, settings, props);
  ways[settings.routing]({ app, settings, props, state });
  tag(app, { service: 'millpond', profile: settings.profile, version });
}

/** Functions are told their public name, so whatever gives it comes before them. */
const ways = { edge: behindEdge, direct: directly, rules: byRules } as const;

function behindEdge(deployment: Deployment): void {
  const { app, settings, props, state } = deployment;
  const httpApi = requirePart(state.httpApi);
  const edge = new EdgeStack(app, `${settings.name}-Edge`, {
    ...props,
    settings,
    httpApi,
    originSecret: requirePart(state.originSecret),
    webAclArn: webAclElsewhere(deployment),
  });
  const address = edgeAddress(httpApi, edge.distribution.distributionDomainName, settings.domainName);
  makeService(deployment, address, edge);
}

function directly(deployment: Deployment): void {
  makeService(deployment, directAddress(requirePart(deployment.state.httpApi)));
}

/** Nothing but the name of the domain is needed to run, so the name comes last. */
function byRules(deployment: Deployment): void {
  const { app, settings, props } = deployment;
  const { restApis: apis } = makeService(deployment, addressOf(requirePart(settings.domainName)));
  new RulesStack(app, `${settings.name}-Edge`, { ...props, settings, apis });
}

function makeService({ app, settings, props, state }: Deployment, address: Address, edge?: EdgeStack): ServiceStack {
  const { distribution } = edge ?? {};
  return new ServiceStack(app, `${settings.name}-Service`, { ...props, settings, state, address, distribution });
}

/** The state has the parts that its routing needs. */
function requirePart<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('The state lacks a part.');
  return part;
}

/** The operator's, or one of ours in the Region that CloudFront takes them from, unless all is there. */
function webAclElsewhere({ app, settings, props }: Deployment): string | undefined {
  if (!hasFirewall(settings) || settings.region === regionOfEdge) return settings.webAclArn;
  return new FirewallStack(app, `${settings.name}-Firewall`, settings, props).webAclArn;
}

/** Without account or Region the templates fit any. */
const environmentOf = ({ account, region }: Settings): Environment => ({
  ...(account !== undefined && { account }),
  ...(region !== undefined && { region }),
});

function tag(app: App, tags: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(tags)) Tags.of(app).add(name, value);
}
