/** A custom domain name with routing rules: the first rule, by priority, whose conditions all hold names the API. */
import type { RestApi } from './rest-api.ts';
import type { Cloud, Resource } from './template.ts';
import { headerOf, jsonAnswer, type Site, type WebRequest } from './web.ts';

interface Condition {
  readonly MatchHeaders?: { readonly AnyOf: readonly { readonly Header: string; readonly ValueGlob: string }[] };
  readonly MatchBasePaths?: { readonly AnyOf: readonly string[] };
}

interface Rule {
  readonly Priority: number;
  readonly Conditions: readonly Condition[];
  readonly Actions: readonly {
    readonly InvokeApi: { readonly ApiId: string; readonly Stage: string; readonly StripBasePath?: boolean };
  }[];
}

export function routedDomain(domain: Resource, cloud: Cloud, apis: readonly RestApi[]): Site {
  if (domain.properties['RoutingMode'] !== 'ROUTING_RULE_ONLY')
    throw new Error('Base path mappings are not known here');
  const rules = rulesOf(cloud, domain);
  return async (request) => {
    const rule = rules.find(({ Conditions }) => Conditions.every((condition) => holds(condition, request)));
    const action = rule?.Actions[0]?.InvokeApi;
    const api = apis.find(({ id }) => id === action?.ApiId);
    if (rule === undefined || action === undefined || !api?.stages.includes(action.Stage)) {
      return jsonAnswer(403, { message: 'Forbidden' });
    }
    const path = action.StripBasePath === true ? withoutBasePath(rule, request.path) : request.path;
    return api.answer({ ...request, path }, action.Stage, request.path);
  };
}

function rulesOf(cloud: Cloud, domain: Resource): readonly Rule[] {
  const { DomainNameArn: arn } = domain.identity.attributes;
  const rules = cloud
    .ofType('AWS::ApiGatewayV2::RoutingRule')
    .filter(({ properties }) => properties['DomainNameArn'] === arn)
    // As CloudFormation has them.
    .map(({ properties }) => properties as unknown as Rule);
  if (new Set(rules.map(({ Priority }) => Priority)).size !== rules.length)
    throw new Error('Two rules have one priority');
  for (const rule of rules) requireValid(rule);
  return rules.toSorted((one, other) => one.Priority - other.Priority);
}

const glob = /^\*?[a-zA-Z0-9?!#$%&'.^_`|~-]*\*?$/;

/** What the service refuses ("Routing rules", API Gateway developer guide). */
function requireValid({ Priority, Conditions, Actions }: Rule): void {
  const headers = Conditions.flatMap(({ MatchHeaders }) => MatchHeaders ?? []);
  const paths = Conditions.flatMap(({ MatchBasePaths }) => MatchBasePaths ?? []);
  if (!Number.isInteger(Priority) || Priority < 1 || Priority > 1_000_000) throw new Error(`Priority ${Priority}`);
  if (headers.length > 2 || paths.length > 1 || Actions.length !== 1)
    throw new Error(`Rule ${Priority} asks for too much`);
  for (const { AnyOf } of [...headers, ...paths]) {
    if (AnyOf.length !== 1) throw new Error(`Rule ${Priority} has a condition of ${AnyOf.length} alternatives`);
  }
  for (const { ValueGlob } of headers.flatMap(({ AnyOf }) => AnyOf)) {
    if (ValueGlob.length >= 128 || !glob.test(ValueGlob)) throw new Error(`Rule ${Priority} has the glob ${ValueGlob}`);
  }
}

/** Names of headers without regard to case, their values with it; base paths by whole parts. */
export function holds({ MatchHeaders, MatchBasePaths }: Condition, request: WebRequest): boolean {
  if (MatchHeaders !== undefined) {
    return MatchHeaders.AnyOf.some(({ Header, ValueGlob }) => {
      const value = headerOf(request, Header.toLowerCase());
      return value !== undefined && matchesValue(ValueGlob, value);
    });
  }
  if (MatchBasePaths !== undefined) return MatchBasePaths.AnyOf.some((base) => isUnder(base, request.path));
  throw new Error('A condition of another kind');
}

/** Only `*` stands for other text, and at the ends alone; every other character means itself. */
function matchesValue(pattern: string, value: string): boolean {
  const text = pattern.replace(/^\*|\*$/g, '');
  if (pattern.startsWith('*') && pattern.length > 1 && pattern.endsWith('*')) return value.includes(text);
  if (pattern.startsWith('*')) return value.endsWith(text);
  return pattern.endsWith('*') ? value.startsWith(text) : value === text;
}

const isUnder = (base: string, path: string): boolean => path === `/${base}` || path.startsWith(`/${base}/`);

function withoutBasePath({ Conditions }: Rule, path: string): string {
  const base = Conditions.flatMap(({ MatchBasePaths }) => MatchBasePaths?.AnyOf ?? []).find((one) =>
    isUnder(one, path),
  );
  return base === undefined ? path : path.slice(base.length + 1) || '/';
}
