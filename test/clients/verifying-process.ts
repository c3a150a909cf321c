/** A program that verifies the ID token on its standard input, as it would anywhere: it is told no certificate. */
import { text } from 'node:stream/consumers';
import { JwtVerifier } from 'aws-jwt-verify';
import { createRemoteJWKSet, jwtVerify } from 'jose';

interface Given {
  readonly issuer: string;
  readonly httpsJwksUri: string;
  readonly clientId: string;
  readonly idToken: string;
}

const { issuer, httpsJwksUri: jwksUri, clientId: audience, idToken } = JSON.parse(await text(process.stdin)) as Given;
const aws = await JwtVerifier.create({ issuer, jwksUri, audience }).verify(idToken);
const jose = await jwtVerify(idToken, createRemoteJWKSet(new URL(jwksUri)), { issuer, audience });
process.stdout.write(JSON.stringify({ aws: aws['cognito:username'], jose: jose.payload['cognito:username'] }));
