/** Resolves the templates of an assembly as CloudFormation would, against values that stand in for those of an account. */
import type { Assembly, Stack, TemplateResource, Values } from './assembly.ts';

/** What CloudFormation learns of a resource once it is there. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** Resolved. */
  readonly properties: Values;
  readonly identity: Identity;
}

/** Where it is deployed to, and what it becomes there. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly urlSuffix: string;
  identify(resource: Omit<Resource, 'identity'>): Identity;
  /** The value of a secret, by its ARN. */
  secret(arn: string): string;
  /** Host names as they are reached on this machine. */
  rename(text: string): string;
}

export interface Cloud {
  readonly place: Place;
  readonly resources: readonly Resource[];
  ofType(type: string): readonly Resource[];
  /** The outputs of all stacks, by name. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Nothing, where a property is said to have no value. */
const noValue = Symbol('AWS::NoValue');

/** Throws on everything that it does not know, wherever it stands in a template. */
export function resolveAssembly({ stacks }: Assembly, place: Place): Cloud {
  const exported = new Map<string, () => unknown>();
  const imports: Imports = {
    exported: (name) => required(exported.get(name), name)(),
    output: (stack, name) => {
      const scope = required(
        scopes.find((one) => one.stack.name === stack),
        `the stack ${stack}`,
      );
      return scope.resolve(required(scope.stack.template.Outputs?.[name], `the output ${stack}/${name}`).Value);
    },
  };
  const scopes: readonly Scope[] = stacks.map((stack) => scopeOf(stack, place, imports));
  for (const scope of scopes) {
    for (const { Value, Export } of Object.values(scope.stack.template.Outputs ?? {})) {
      if (Export !== undefined) exported.set(String(scope.resolve(Export.Name)), () => scope.resolve(Value));
    }
  }
  const resources = scopes.flatMap((scope) => [...scope.resources.values()]);
  return {
    place,
    resources,
    ofType: (type) => resources.filter((one) => one.type === type),
    get outputs() {
      return Object.fromEntries(scopes.flatMap(outputsOf));
    },
  };
}

interface Imports {
  exported(name: string): unknown;
  output(stack: string, name: string): unknown;
}

interface Scope {
  readonly stack: Stack;
  readonly resources: ReadonlyMap<string, Resource>;
  resolve(value: unknown): unknown;
}

const outputsOf = ({ stack, resolve }: Scope): readonly [string, string][] =>
  Object.entries(stack.template.Outputs ?? {}).map(([name, { Value }]) => [name, String(resolve(Value))]);

function scopeOf(stack: Stack, place: Place, imports: Imports): Scope {
  const region = stack.region ?? place.region;
  const resources = new Map<string, Resource>();
  const parameters = stack.template.Parameters ?? {};
  const find = (id: string): Resource => required(resources.get(id), `${stack.name}/${id}`);

  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': place.account,
    'AWS::Region': region,
    'AWS::Partition': place.partition,
    'AWS::URLSuffix': place.urlSuffix,
    'AWS::StackName': stack.name,
    'AWS::StackId': `arn:${place.partition}:cloudformation:${region}:${place.account}:stack/${stack.name}/0`,
    'AWS::NoValue': noValue,
  };

  function reference(name: string): unknown {
    if (Object.hasOwn(pseudo, name)) return pseudo[name];
    if (Object.hasOwn(parameters, name)) return required(parameters[name]?.Default, `the parameter ${name}`);
    return find(name).identity.ref;
  }

  const attribute = (id: string, name: string): string => {
    const { type, identity } = find(id);
    return required(identity.attributes[name], `${name} of ${stack.name}/${id} (${type})`);
  };

  const text = (value: unknown): string => {
    const resolved = resolve(value);
    if (typeof resolved !== 'string' && typeof resolved !== 'number') {
      throw new Error(`${stack.name}: not a text: ${JSON.stringify(value)}`);
    }
    return String(resolved);
  };

  const list = (value: unknown): readonly unknown[] => {
    const resolved = resolve(value);
    if (!Array.isArray(resolved)) throw new Error(`${stack.name}: not a list: ${JSON.stringify(value)}`);
    return resolved;
  };

  const functions: Readonly<Record<string, (argument: unknown) => unknown>> = {
    Ref: (name) => reference(String(name)),
    'Fn::GetAtt': (argument) => {
      const [id = '', ...path] = typeof argument === 'string' ? argument.split('.') : list(argument).map(String);
      return attribute(id, path.join('.'));
    },
    'Fn::Join': (argument) => {
      const [separator = '', parts] = argument as [string, unknown];
      return list(parts).map(text).join(separator);
    },
    'Fn::Split': (argument) => {
      const [separator, whole] = argument as [string, unknown];
      return text(whole).split(separator);
    },
    'Fn::Select': (argument) => {
      const [index, all] = argument as [unknown, unknown];
      return required(list(all)[Number(text(index))], `element ${JSON.stringify(index)}`);
    },
    'Fn::Sub': (argument) => {
      const [form, given] = Array.isArray(argument) ? (argument as [string, Values]) : [String(argument), {}];
      return form.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
        if (literal) return `\${${name}}`;
        if (Object.hasOwn(given, name)) return text(given[name]);
        const [id = '', ...path] = name.split('.');
        return path.length === 0 ? text({ Ref: name }) : attribute(id, path.join('.'));
      });
    },
    'Fn::FindInMap': (argument) => {
      const [map, first, second] = (argument as unknown[]).map(text);
      const found = stack.template.Mappings?.[map ?? '']?.[first ?? '']?.[second ?? ''];
      return required(found, `${map}/${first}/${second}`);
    },
    'Fn::ImportValue': (name) => imports.exported(text(name)),
    'Fn::GetStackOutput': (argument) => {
      const { StackName, OutputName, Region, RoleArn } = argument as Values;
      if (RoleArn !== undefined) throw new Error(`${stack.name} reads another account`);
      if (Region !== undefined) text(Region);
      return imports.output(text(StackName), text(OutputName));
    },
  };

  function resolve(value: unknown): unknown {
    if (typeof value === 'string') return place.rename(dynamic(value));
    if (Array.isArray(value)) return value.map(resolve).filter((one) => one !== noValue);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [[name = '', argument] = []] = entries;
    if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
      const result = required(functions[name], name)(argument);
      return typeof result === 'string' ? place.rename(dynamic(result)) : result;
    }
    return Object.fromEntries(
      entries.map(([key, inner]) => [key, resolve(inner)] as const).filter(([, inner]) => inner !== noValue),
    );
  }

  /** `{{resolve:secretsmanager:<arn>:SecretString:<member>::}}`, as a whole or inside a text. */
  function dynamic(whole: string): string {
    return whole.replace(/\{\{resolve:([^}]*)\}\}/g, (reference, inner: string) => {
      const [, arn, member] = /^secretsmanager:(arn(?::[^:]*){6}):SecretString:([^:]*):[^:]*:?[^:]*$/.exec(inner) ?? [];
      // A part may become whole later on, when the texts around it are joined to it.
      if (arn === undefined) {
        if (inner.startsWith('secretsmanager:')) throw new Error(`${stack.name}: cannot resolve ${reference}`);
        throw new Error(`${stack.name}: unknown kind of reference: ${reference}`);
      }
      const secret = place.secret(arn);
      // Secrets with members are JSON objects.
      return member ? String((JSON.parse(secret) as Values)[member]) : secret;
    });
  }

  for (const [logicalId, resource] of Object.entries(stack.template.Resources)) {
    if (resource.Type === 'AWS::CDK::Metadata') continue;
    resources.set(logicalId, lazily({ stack: stack.name, logicalId, place, resolve }, resource));
  }
  return { stack, resources, resolve };
}

interface Position extends Pick<Scope, 'resolve'> {
  readonly stack: string;
  readonly logicalId: string;
  readonly place: Place;
}

/** Resources refer to each other in any order: each is resolved when it is first asked for. */
function lazily(
  { stack, logicalId, place, resolve }: Position,
  { Type, Properties = {}, Condition }: TemplateResource,
) {
  if (Condition !== undefined) throw new Error(`${stack}/${logicalId} depends on the condition ${Condition}`);
  let properties: Values | undefined;
  let identity: Identity | undefined;
  return {
    stack,
    logicalId,
    type: Type,
    get properties(): Values {
      // An object resolves to an object.
      properties ??= resolve(Properties) as Values;
      return properties;
    },
    get identity(): Identity {
      identity ??= place.identify(this);
      return identity;
    },
  };
}

function required<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`The templates ask for what is not there: ${what}`);
  return found;
}
