/** Where the messages of a start go: into the outbox, or through the SMTP server that was named. */
import { join } from 'node:path';
import type { Clock } from '../../core/ports/clock.ts';
import type { Messenger } from '../../core/ports/messenger.ts';
import { messageLine } from './announce.ts';
import type { Route } from './gateway-route.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { outboxApi } from './outbox-api.ts';
import { outboxFile } from './outbox-file.ts';
import { noOutboxRoute, outboxPath, outboxRoute } from './outbox-route.ts';
import { givenNames } from './own-hosts.ts';
import { smtpMessenger } from './smtp-messenger.ts';
import type { StartSettings } from './start-settings.ts';

export interface Messages {
  readonly messenger: Messenger;
  /** Stays empty where messages are sent. */
  readonly outbox: Outbox;
  /** Of the outbox's page; absent where messages are sent. */
  readonly path?: string;
  readonly route: Route;
  close(): Promise<void>;
}

/** `say` is given a line for each message in the outbox. */
export function openMessages(settings: StartSettings, clock: Clock, say: (line: string) => void): Promise<Messages> {
  return settings.smtp === undefined ? openKept(settings, clock, say) : openSent(settings, settings.smtp, clock);
}

async function openKept(settings: StartSettings, clock: Clock, say: (line: string) => void): Promise<Messages> {
  const { data, outboxPublic } = settings;
  const outbox = await openOutbox({
    clock,
    file: data === undefined ? undefined : outboxFile(join(data, 'outbox.jsonl')),
    announce: (record) => say(messageLine(record)),
  });
  const api = outboxApi(outbox, { isPublic: outboxPublic, hostnames: givenNames(settings) });
  return { messenger: outbox, outbox, path: outboxPath, route: outboxRoute(api), close: () => outbox.close() };
}

async function openSent({ mailFrom }: StartSettings, url: string, clock: Clock): Promise<Messages> {
  const messenger = smtpMessenger({ url, defaultFrom: mailFrom });
  const outbox = await openOutbox({ clock });
  return {
    messenger,
    outbox,
    route: noOutboxRoute,
    async close() {
      messenger.close();
      await outbox.close();
    },
  };
}
