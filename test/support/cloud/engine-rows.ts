/** Rows of the table of a stack, straight from the engine: what functions left there, and what tests put there for them. */
import type { Cloud } from './template.ts';

export interface TableRows {
  /** Keys of everything whose partition key fits, as `PK SK`. */
  keys(partition: RegExp): Promise<readonly string[]>;
  put(rows: readonly Row[]): Promise<void>;
}

/** Texts alone. */
export type Row = Readonly<Record<'PK' | 'SK', string>> & Readonly<Record<string, string>>;

interface Scanned {
  readonly Items: readonly { readonly PK: { readonly S: string }; readonly SK: { readonly S: string } }[];
  readonly LastEvaluatedKey?: object;
}

/** DynamoDB takes no more at once. */
const mostAtOnce = 25;

export function tableRows(cloud: Cloud, engine: string): TableRows {
  const [table] = [...cloud.ofType('AWS::DynamoDB::GlobalTable'), ...cloud.ofType('AWS::DynamoDB::Table')];
  const TableName = table?.identity.ref ?? '';

  async function ask<T>(name: string, input: object): Promise<T> {
    const headers = { ...signed, 'x-amz-target': `DynamoDB_20120810.${name}` };
    const answer = await fetch(engine, { method: 'POST', headers, body: JSON.stringify(input) });
    if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
    // The engine answers in the shapes of the request's name.
    return (await answer.json()) as T;
  }

  return {
    async keys(partition) {
      const found: string[] = [];
      let ExclusiveStartKey: object | undefined;
      do {
        const input = { TableName, ProjectionExpression: 'PK,SK', ExclusiveStartKey };
        const { Items, LastEvaluatedKey } = await ask<Scanned>('Scan', input);
        found.push(...Items.filter(({ PK }) => partition.test(PK.S)).map(({ PK, SK }) => `${PK.S} ${SK.S}`));
        ExclusiveStartKey = LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return found;
    },

    async put(rows) {
      for (let at = 0; at < rows.length; at += mostAtOnce) {
        const some = rows.slice(at, at + mostAtOnce).map((row) => ({ PutRequest: { Item: itemOf(row) } }));
        await ask('BatchWriteItem', { RequestItems: { [TableName]: some } });
      }
    },
  };
}

const itemOf = (row: Row) => Object.fromEntries(Object.entries(row).map(([name, S]) => [name, { S }]));

/** The engine looks no further than that there is a signature. */
const signed = {
  'content-type': 'application/x-amz-json-1.0',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20200101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  'x-amz-date': '20200101T000000Z',
};
