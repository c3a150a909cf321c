/** The distribution in front of the HTTP API: it tells rooms apart, keeps what may be kept, and has the public name. */
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { hostOfApi } from './address.ts';
import { makeAliases } from './aliases.ts';
import { edgeFunctionSource } from './edge-function.ts';
import { makeWebAcl } from './firewall.ts';
import { makeLogBucket } from './log-bucket.ts';
import { profiles } from './profiles.ts';
import { hasFirewall, type Settings } from './settings.ts';

export interface EdgeProps extends StackProps {
  readonly settings: Settings;
  readonly httpApi: HttpApi;
  readonly originSecret: Secret;
  /** Of a web ACL that is made elsewhere. */
  readonly webAclArn: string | undefined;
}

export class EdgeStack extends Stack {
  readonly distribution: cloudfront.Distribution;

  constructor(scope: Construct, id: string, props: EdgeProps) {
    super(scope, id, props);
    const { settings } = props;
    const webAclId = props.webAclArn ?? this.ownWebAcl(settings);
    this.distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: settings.name,
      ...this.behaviours(props),
      ...this.nameOf(settings),
      ...(webAclId !== undefined && { webAclId }),
      ...(profiles[settings.profile].accessLogs && {
        enableLogging: true,
        logBucket: makeLogBucket(this, settings),
        logIncludesCookies: false,
      }),
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
    });
    makeAliases(this, settings, new CloudFrontTarget(this.distribution));
    this.acknowledgeFindings(settings);
  }

  private behaviours({ httpApi, originSecret }: EdgeProps) {
    const router = new cloudfront.Function(this, 'Router', {
      comment: 'Tells rooms apart by X-Amz-Target',
      code: cloudfront.FunctionCode.fromInline(edgeFunctionSource()),
      runtime: cloudfront.FunctionRuntime.JS_2_0,
    });
    const common = {
      origin: originOf(httpApi, originSecret),
      // The signed host travels beside: under another name than its own the gateway answers nothing.
      originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      // A redirect would come after the secrets were sent.
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      functionAssociations: [{ function: router, eventType: cloudfront.FunctionEventType.VIEWER_REQUEST }],
    };
    return {
      defaultBehavior: {
        ...common,
        allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
        cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
        compress: false,
      },
      additionalBehaviors: {
        '*/.well-known/*': {
          ...common,
          allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
          cachePolicy: this.publishedPolicy(),
        },
      },
    };
  }

  /** Keys and discovery say themselves for how long they may be kept. */
  private publishedPolicy(): cloudfront.CachePolicy {
    return new cloudfront.CachePolicy(this, 'Published', {
      comment: 'As long as the answer itself says',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(1),
      queryStringBehavior: cloudfront.CacheQueryStringBehavior.none(),
      cookieBehavior: cloudfront.CacheCookieBehavior.none(),
      headerBehavior: cloudfront.CacheHeaderBehavior.none(),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }

  private ownWebAcl(settings: Settings): string | undefined {
    return hasFirewall(settings) ? makeWebAcl(this, 'WebAcl', 'CLOUDFRONT', settings).attrArn : undefined;
  }

  private nameOf({
    domainName,
    certificateArn,
  }: Settings): Pick<cloudfront.DistributionProps, 'domainNames' | 'certificate' | 'minimumProtocolVersion'> {
    if (domainName === undefined || certificateArn === undefined) return {};
    return {
      domainNames: [domainName],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
    };
  }

  private acknowledgeFindings({ profile, domainName, webAclArn }: Settings): void {
    const { firewall, accessLogs } = profiles[profile];
    const findings = [
      ['AwsSolutions-CFR1', 'People sign in from everywhere; whoever needs a geography rule brings a web ACL.', true],
      ['AwsSolutions-CFR2', 'A sandbox has no firewall: it would cost more than the rest.', !firewall && !webAclArn],
      ['AwsSolutions-CFR3', 'A sandbox keeps no access logs: functions write a line for each request.', !accessLogs],
      [
        'AwsSolutions-CFR4',
        'Under the name that CloudFront gives, CloudFront alone sets the versions of TLS; a domain of its own brings TLS 1.2.',
        domainName === undefined,
      ],
    ] as const;
    for (const [id, reason, applies] of findings) if (applies) acknowledge(this.distribution, id, reason);
  }
}

/** Whoever finds the API's own address lacks the header, and is refused by the functions. */
const originOf = (api: HttpApi, secret: Secret): HttpOrigin =>
  new HttpOrigin(hostOfApi(api), {
    protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
    // A dynamic reference: the template names the secret and does not hold it.
    customHeaders: { 'x-origin-verify': secret.secretValue.unsafeUnwrap() },
    readTimeout: Duration.seconds(30),
    keepaliveTimeout: Duration.seconds(60),
  });
