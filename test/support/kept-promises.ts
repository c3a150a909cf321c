/** Asks a service that has come back, and then its table, whether everything is there that was acknowledged. */
import {
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { dynamodbTable } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import { numberIn, numbersIn } from '../../lambdas/adapters/dynamodb/fields.ts';
import { codeKey, failuresKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import type { Table } from '../../lambdas/adapters/dynamodb/table.ts';
import { startEngine } from '../../lambdas/adapters/local/engine.ts';
import { engineWire } from '../../lambdas/adapters/local/engine-wire.ts';
import { brokenInvariants } from './invariants.ts';
import { clientOf, type Promised } from './load.ts';
