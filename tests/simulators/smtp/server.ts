/**
 * A mail server (RFC 5321) that takes letters for everybody and forwards none. As strict as a real one with what real
 * clients get wrong: the order of commands, lengths, bare line feeds, letters without their headers.
 */
import net, { type AddressInfo, type Socket } from 'node:net';

import { complaint } from './letter.ts';
import type { Mailbox } from './mailbox.ts';

const SIZE = 10 * 1024 * 1024;
const COMMAND_BYTES = 512;
const LINE_BYTES = 1000;

export type SmtpServer = { port: number; close: () => Promise<void> };

export async function startSmtp(mailbox: Mailbox, port: number, host: string): Promise<SmtpServer> {
  const open = new Set<Socket>();
  const server = net.createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy());
    new Conversation(socket, mailbox);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

class Conversation {
  #pending = Buffer.alloc(0);
  #greeted = false;
  #from: string | undefined;
  #to: string[] = [];
  #is8bit = false;
  #data: string[] | undefined;
  #bytes = 0;
  #wrong: string | undefined;
  readonly #socket: Socket;
  readonly #mailbox: Mailbox;

  constructor(socket: Socket, mailbox: Mailbox) {
    this.#socket = socket;
    this.#mailbox = mailbox;
    this.#say('220 lab.invalid ESMTP the lab');
    socket.on('data', (bytes: Buffer) => this.#hear(bytes));
  }

  #say(line: string): void {
    this.#socket.write(`${line}\r\n`);
  }

  #hear(bytes: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    for (let end = this.#pending.indexOf('\n'); end >= 0; end = this.#pending.indexOf('\n')) {
      const line = this.#pending.subarray(0, end + 1);
      this.#pending = this.#pending.subarray(end + 1);
      if (this.#data === undefined) this.#command(line);
      else this.#dataLine(line);
    }
    if (this.#pending.length > SIZE) this.#socket.destroy();
  }

  #command(bytes: Buffer): void {
    if (bytes.length > COMMAND_BYTES) return this.#say('500 5.5.2 line too long');
    const line = bytes.toString('latin1');
    if (!line.endsWith('\r\n')) return this.#say('500 5.5.2 lines end with CR LF');
    const [, verb = '', rest = ''] = /^([A-Za-z]+)(?: (.*))?\r\n$/.exec(line) ?? [];
    const act = this.#verbs[verb.toUpperCase()];
    if (act === undefined) return this.#say('500 5.5.2 no such command');
    act(rest.trim());
  }

  readonly #verbs: Record<string, (rest: string) => void> = {
    HELO: (name) => this.#greet(name, false),
    EHLO: (name) => this.#greet(name, true),
    MAIL: (rest) => this.#mail(rest),
    RCPT: (rest) => this.#rcpt(rest),
    DATA: () => {
      if (this.#to.length === 0) return this.#say('503 5.5.1 whom is it for?');
      this.#data = [];
      this.#bytes = 0;
      this.#wrong = undefined;
      this.#say('354 end with a dot');
    },
    RSET: () => {
      this.#forget();
      this.#say('250 2.0.0 forgotten');
    },
    NOOP: () => this.#say('250 2.0.0 ok'),
    VRFY: () => this.#say('252 2.1.5 try it'),
    QUIT: () => {
      this.#say('221 2.0.0 bye');
      this.#socket.end();
    },
  };

  #forget(): void {
    this.#from = undefined;
    this.#to = [];
  }

  #greet(name: string, isExtended: boolean): void {
    if (!/^[\w.:[\]-]+$/.test(name)) return this.#say('501 5.5.4 say your name');
    this.#greeted = true;
    this.#forget();
    this.#say(isExtended ? `250-lab.invalid\r\n250-SIZE ${SIZE}\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES` : '250 lab.invalid');
  }

  #mail(rest: string): void {
    const [, from = '', params = ''] = /^FROM:<([^<>\s]*)>(.*)$/i.exec(rest) ?? [];
    if (!this.#greeted) return this.#say('503 5.5.1 say EHLO first');
    if (this.#from !== undefined) return this.#say('503 5.5.1 one letter at a time');
    if (!/^FROM:<[^<>\s]*>/i.test(rest)) return this.#say('501 5.5.4 MAIL FROM:<address>');
    if (Number(/SIZE=(\d+)/i.exec(params)?.[1] ?? 0) > SIZE) return this.#say('552 5.3.4 too big');
    this.#from = from.toLowerCase();
    this.#is8bit = /BODY=8BITMIME/i.test(params);
    this.#say('250 2.1.0 ok');
  }

  #rcpt(rest: string): void {
    const to = /^TO:<([^<>\s@]+@[^<>\s@]+)>/i.exec(rest)?.[1]?.toLowerCase();
    const { faults } = this.#mailbox;
    if (this.#from === undefined) return this.#say('503 5.5.1 MAIL first');
    if (to === undefined) return this.#say('501 5.1.3 RCPT TO:<address>');
    if (faults.unknown?.includes(to) === true) return this.#say('550 5.1.1 nobody of that name');
    if ((faults.greylist ?? 0) > 0) {
      faults.greylist = (faults.greylist ?? 0) - 1;
      return this.#say('451 4.7.1 come back later');
    }
    this.#to.push(to);
    this.#say('250 2.1.5 ok');
  }

  #dataLine(bytes: Buffer): void {
    const line = bytes.toString(this.#is8bit ? 'utf8' : 'latin1');
    if (line === '.\r\n') return this.#end();
    this.#bytes += bytes.length;
    if (bytes.length > LINE_BYTES) this.#wrong = '5.5.2 line too long';
    else if (!line.endsWith('\r\n')) this.#wrong = '5.5.2 lines end with CR LF';
    else if (this.#bytes > SIZE) this.#wrong = '5.3.4 too big';
    else if (!this.#is8bit && bytes.some((byte) => byte > 127)) this.#wrong = '5.6.1 eight bits were not announced';
    else this.#data?.push(line.startsWith('.') ? line.slice(1) : line);
  }

  #end(): void {
    const raw = (this.#data ?? []).join('');
    const wrong = this.#wrong ?? complaint(raw);
    const { faults } = this.#mailbox;
    this.#data = undefined;
    if (wrong !== undefined) {
      this.#say(`550 ${wrong}`);
    } else {
      this.#mailbox.take(this.#from ?? '', this.#to, raw);
      if ((faults.cut_after_data ?? 0) > 0) {
        faults.cut_after_data = (faults.cut_after_data ?? 0) - 1;
        return void this.#socket.destroy();
      }
      this.#say('250 2.0.0 taken');
    }
    this.#forget();
  }
}
