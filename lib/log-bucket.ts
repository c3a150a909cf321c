/** Where CloudFront puts its access logs. */
import { Duration } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Settings } from './settings.ts';
import { removalOf } from './table.ts';

export function makeLogBucket(scope: Construct, settings: Settings): IBucket {
  const bucket = new Bucket(scope, 'AccessLogs', {
    // CloudFront delivers by the ACL of the bucket.
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    lifecycleRules: [{ expiration: Duration.days(settings.logDays) }],
    removalPolicy: removalOf(settings),
  });
  acknowledge(bucket, 'AwsSolutions-S1', 'This bucket holds access logs; logs about reading them would not end.');
  // A Bucket is one; its optional members alone are written in another way.
  return bucket as IBucket;
}
