/** A mail server as small as one can be (RFC 5321): it takes messages on loopback, or refuses as it is told. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  /** As sent: headers, a blank line and the body. */
  readonly data: string;
}

export interface SmtpServer extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
}

export interface SmtpRules {
  /** What RCPT is answered with, in place of `250 OK`. */
  readonly recipient?: string;
}

export async function startSmtpServer(rules: SmtpRules = {}): Promise<SmtpServer> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined); // A client that leaves ends its own conversation only.
    talk(socket, rules, received);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, // It listens on a port.
    received,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function talk(socket: Socket, { recipient = '250 OK' }: SmtpRules, received: Received[]): void {
  let buffer = '';
  let from = '';
  let to: string[] = [];
  let isData = false;
  const say = (line: string) => socket.write(`${line}\r\n`);

  function command(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    const address = /<(.*)>/.exec(line)?.[1] ?? '';
    if (verb === 'EHLO' || verb === 'HELO') say('250 mail.test');
    else if (verb === 'MAIL') {
      [from, to] = [address, []];
      say('250 OK');
    } else if (verb === 'RCPT') {
      to.push(address);
      say(recipient);
    } else if (verb === 'DATA') {
      isData = true;
      say('354 Go on');
    } else if (verb === 'QUIT') {
      say('221 Bye');
      socket.end();
    } else say('250 OK');
  }

  /** Takes one command or message off the buffer; false when there is none. */
  function next(): boolean {
    const end = isData ? '\r\n.\r\n' : '\r\n';
    const at = buffer.indexOf(end);
    if (at < 0) return false;
    const part = buffer.slice(0, at);
    buffer = buffer.slice(at + end.length);
    if (!isData) command(part);
    else {
      isData = false;
      received.push({ from, to, data: part });
      say('250 Taken');
    }
    return true;
  }

  socket.setEncoding('utf8');
  socket.on('data', (text) => {
    buffer += text;
    while (next());
  });
  say('220 mail.test');
}
