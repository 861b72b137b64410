import { setTimeout as sleep } from 'node:timers/promises';

interface Description {
  readonly type: string;
  readonly sdp: string;
}

/** What a plugin says to a message. */
export interface PluginReply {
  readonly data: Readonly<Record<string, unknown>>;
  readonly jsep: Description | undefined;
}

interface JanusMessage {
  readonly janus: string;
  readonly transaction?: string;
  readonly data?: { readonly id: number };
  readonly error?: { readonly reason: string };
  readonly plugindata?: { readonly data: Readonly<Record<string, unknown>> };
  readonly jsep?: Description;
}

const START = 10_000;

/** A session of Janus's HTTP interface: requests by POST, what comes later by one long poll. */
export class JanusSession {
  readonly #address: string;
  readonly #waiting = new Map<string, (message: JanusMessage) => void>();
  #transactions = 0;

  private constructor(address: string) {
    this.#address = address;
  }

  /** Waits until Janus answers. */
  static async open(address: string): Promise<JanusSession> {
    const until = performance.now() + START;
    for (;;) {
      try {
        const created = await post(address, { janus: 'create', transaction: 'create' });
        const session = new JanusSession(`${address}/${created.data?.id}`);
        void session.#poll();
        return session;
      } catch (error) {
        if (performance.now() > until) throw error;
        await sleep(100);
      }
    }
  }

  /** @returns the handle. */
  async attach(plugin: string): Promise<number> {
    const reply = await post(this.#address, { janus: 'attach', plugin, transaction: this.#transaction() });
    return reply.data?.id ?? -1;
  }

  async send(handle: number, body: Record<string, unknown>, jsep?: Description): Promise<PluginReply> {
    const transaction = this.#transaction();
    const later = new Promise<JanusMessage>((resolve) => this.#waiting.set(transaction, resolve));
    const first = await post(`${this.#address}/${handle}`, {
      ...{ janus: 'message', transaction, body },
      ...(jsep === undefined ? {} : { jsep }),
    });
    const message = first.janus === 'ack' ? await later : first;
    const data = message.plugindata?.data ?? {};
    if ('error' in data) throw new Error(`Janus: ${data['error']}`);
    return { data, jsep: message.jsep };
  }

  #transaction(): string {
    return `t${++this.#transactions}`;
  }

  async #poll(): Promise<void> {
    try {
      for (;;) {
        const response = await fetch(`${this.#address}?maxev=10`);
        const messages = (await response.json()) as JanusMessage | JanusMessage[];
        for (const message of [messages].flat())
          if (message.janus === 'event') this.#waiting.get(message.transaction ?? '')?.(message);
      }
    } catch {
      // Janus has ended.
    }
  }
}

async function post(address: string, body: Record<string, unknown>): Promise<JanusMessage> {
  const response = await fetch(address, { method: 'POST', body: JSON.stringify(body) });
  const message = (await response.json()) as JanusMessage;
  if (message.janus === 'error') throw new Error(`Janus: ${message.error?.reason}`);
  return message;
}
