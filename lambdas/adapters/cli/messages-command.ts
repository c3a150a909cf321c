/** `millpond messages`: what a deployment without mail kept in its outbox, codes and all. */
import { command } from './command.ts';
import { type Columns, listOf, textAt } from './lists.ts';
import { asJson, whereAndWho } from './options.ts';

const shown: Columns = {
  DATE: textAt('Date'),
  POOL: textAt('PoolId'),
  USERNAME: textAt('Username'),
  CHANNEL: textAt('Channel'),
  TO: textAt('To'),
  CODE: textAt('Code'),
  SUBJECT: textAt('Subject'),
};

export const messages = command({
  words: 'messages',
  summary: 'List messages that were kept instead of sent; --json has their texts',
  options: {
    pool: { type: 'string', hint: 'id', description: 'Those of this pool alone' },
    username: { type: 'string', hint: 'name', description: 'Those to this user alone' },
    ...whereAndWho,
    ...asJson,
  },
  async run({ values: { pool, username, json } }, { call }) {
    const answer = await call('ListMessages', {
      ...(pool !== undefined && { PoolId: pool }),
      ...(username !== undefined && { Username: username }),
    });
    return listOf(answer, { member: 'Messages', shown, asJson: json });
  },
});
