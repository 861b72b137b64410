import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import {
  ATTRIBUTE,
  type Attribute,
  decode,
  draft,
  METHOD,
  type Message,
  xorAddress,
  xorPort,
} from './message.ts';

export interface Peer {
  readonly address: string;
  readonly port: number;
}
export interface Credentials {
  readonly username: string;
  readonly credential: string;
}
/** What came of a request: granted, or the code of the error (RFC 8656, section 19). */
export type Outcome = 'granted' | number;

const answerMs = 5_000;

/** A TURN client over UDP that asks for whatever a test wants, forbidden or not. */
export class TurnClient implements Disposable {
  readonly #socket: Socket;
  readonly #server: Peer;
  readonly #credentials: Credentials | null;
  readonly #waiting = new Map<string, (message: Message) => void>();
  readonly received: { readonly data: string; readonly from: number }[] = [];
  #realm: Buffer | null = null;
  #nonce: Buffer | null = null;
  #channel = 0x4000;

  private constructor(socket: Socket, server: Peer, credentials: Credentials | null) {
    this.#socket = socket;
    this.#server = server;
    this.#credentials = credentials;
    socket.on('message', (bytes) => this.#receive(bytes));
  }

  static async open(server: Peer, credentials: Credentials | null): Promise<TurnClient> {
    const socket = createSocket('udp4');
    socket.bind(0);
    await once(socket, 'listening');
    return new TurnClient(socket, server, credentials);
  }

  /** @param transport the protocol between relay and peer: 17 is UDP, 6 is TCP (RFC 6062). */
  allocate(family: 4 | 6 = 4, transport = 17): Promise<Outcome> {
    return this.#ask(METHOD.allocate, () => [
      [ATTRIBUTE.transport, Buffer.from([transport, 0, 0, 0])],
      [ATTRIBUTE.family, Buffer.from([family === 4 ? 1 : 2, 0, 0, 0])],
    ]);
  }

  refresh(): Promise<Outcome> {
    return this.#ask(METHOD.refresh, () => []);
  }

  createPermission(peer: Peer): Promise<Outcome> {
    return this.#ask(METHOD.createPermission, (id) => [peerAttribute(peer, id)]);
  }

  channelBind(peer: Peer): Promise<Outcome> {
    const number = Buffer.alloc(4);
    number.writeUInt16BE(this.#channel++);
    return this.#ask(METHOD.channelBind, (id) => [[ATTRIBUTE.channel, number], peerAttribute(peer, id)]);
  }

  connect(peer: Peer): Promise<Outcome> {
    return this.#ask(METHOD.connect, (id) => [peerAttribute(peer, id)]);
  }

  binding(): Promise<Outcome> {
    return this.#ask(METHOD.binding, () => []);
  }

  /** An indication: nobody says what became of it. */
  send(peer: Peer, data: string): void {
    const message = draft(METHOD.send, 'indication', (id) => [
      peerAttribute(peer, id),
      [ATTRIBUTE.data, Buffer.from(data)],
    ]);
    this.#transmit(message.encode(null));
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  /** Asks once to learn realm and nonce, and again with the credentials. */
  async #ask(method: number, attributes: (id: Buffer) => readonly Attribute[]): Promise<Outcome> {
    let answer = await this.#request(method, attributes);
    if (answer.code === 401 || answer.code === 438) {
      const first = this.#realm === null;
      this.#realm = answer.attributes.get(ATTRIBUTE.realm) ?? null;
      this.#nonce = answer.attributes.get(ATTRIBUTE.nonce) ?? null;
      if ((first || answer.code === 438) && this.#credentials !== null)
        answer = await this.#request(method, attributes);
    }
    return answer.kind === 'success' ? 'granted' : (answer.code ?? 0);
  }

  async #request(method: number, attributes: (id: Buffer) => readonly Attribute[]): Promise<Message> {
    const message = draft(method, 'request', (id) => [...attributes(id), ...this.#login()]);
    const answer = new Promise<Message>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the relay did not answer')), answerMs);
      this.#waiting.set(message.id.toString('hex'), (found) => {
        clearTimeout(timer);
        resolve(found);
      });
    });
    this.#transmit(message.encode(this.#key()));
    return answer;
  }

  #login(): Attribute[] {
    if (this.#credentials === null || this.#realm === null || this.#nonce === null) return [];
    return [
      [ATTRIBUTE.username, Buffer.from(this.#credentials.username)],
      [ATTRIBUTE.realm, this.#realm],
      [ATTRIBUTE.nonce, this.#nonce],
    ];
  }

  /** The long-term key (RFC 8489, section 9.2.2). */
  #key(): Buffer | null {
    if (this.#credentials === null || this.#realm === null) return null;
    const { username, credential } = this.#credentials;
    return createHash('md5').update(`${username}:${this.#realm}:${credential}`).digest();
  }

  #transmit(bytes: Buffer): void {
    this.#socket.send(bytes, this.#server.port, this.#server.address);
  }

  #receive(bytes: Buffer): void {
    const message = decode(bytes);
    const peer = message.attributes.get(ATTRIBUTE.peer);
    const data = message.attributes.get(ATTRIBUTE.data);
    if (message.method === METHOD.data && peer !== undefined && data !== undefined)
      this.received.push({ data: data.toString(), from: xorPort(peer) });
    this.#waiting.get(message.id)?.(message);
    this.#waiting.delete(message.id);
  }
}

function peerAttribute({ address, port }: Peer, id: Buffer): Attribute {
  return [ATTRIBUTE.peer, xorAddress(address, port, id)];
}
