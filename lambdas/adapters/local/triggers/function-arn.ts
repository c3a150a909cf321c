/** Takes the ARN of a function apart. */

export interface FunctionArn {
  readonly arn: string;
  /** The ARN without the version or alias at its end. */
  readonly unqualified: string;
  readonly region: string;
  readonly name: string;
  /** A version or an alias. */
  readonly qualifier: string | undefined;
}

const form =
  /^(?<unqualified>arn:[\w-]+:lambda:(?<region>[a-z\d-]+):\d+:function:(?<name>[\w-]{1,140}))(?::(?<qualifier>[\w$.-]+))?$/;

/** Undefined for what is no function: pools may name anything that looks like an ARN. */
export function parseFunctionArn(arn: string): FunctionArn | undefined {
  const { unqualified, region, name, qualifier } = form.exec(arn)?.groups ?? {};
  if (unqualified === undefined || region === undefined || name === undefined) return undefined;
  return { arn, unqualified, region, name, qualifier };
}

export const isFunctionName = (text: string): boolean => /^[\w-]{1,140}$/.test(text);
