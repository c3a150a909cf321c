/** Reads the ARN of a function, which a pool's administrator wrote: it decides where a signed request goes. */
import { TriggerUnreachable } from '../../core/ports/triggers.ts';

/** Where the service itself runs. */
export interface Home {
  readonly region: string;
  readonly partition: string;
}

/** A function, one of its versions or one of its aliases, by its full name. */
const functionArn =
  /^arn:(?<partition>aws[a-z-]{0,20}):lambda:(?<region>[a-z]{2,8}(?:-[a-z]{2,16}){1,3}-\d{1,2}):\d{12}:function:[\w-]{1,64}(?::(?:\$LATEST|[\w-]{1,128}))?$/;

/** Regions whose names begin like this are apart from all others: another domain, other accounts. */
const apart = /^(?:cn|us-gov|us-iso[a-z]?|eu-iso[a-z]?|eusc)-/;

/** The region to ask for it. Whatever is not there for this deployment is refused as what does not exist. */
export function regionOf(arn: string, home: Home): string {
  const { partition, region = '' } = functionArn.exec(arn)?.groups ?? {};
  if (partition !== home.partition || !areTogether(region, home.region)) {
    throw new TriggerUnreachable('ResourceNotFoundException');
  }
  return region;
}

const areTogether = (one: string, other: string): boolean => apart.exec(one)?.[0] === apart.exec(other)?.[0];
