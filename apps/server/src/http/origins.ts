/**
 * The origins that our own pages have (RFC 6454). On this machine `localhost`, `127.0.0.1` and `[::1]` are the
 * same place, so all three are.
 */
export class Origins {
  #public: string;
  #all: ReadonlySet<string>;

  constructor(publicOrigin: string) {
    this.#public = publicOrigin;
    this.#all = new Set([publicOrigin, ...sameMachine(publicOrigin)]);
  }

  /** Where people reach the service: the start of every link. */
  get public(): string {
    return this.#public;
  }

  get all(): readonly string[] {
    return [...this.#all];
  }

  /** False for none: browsers send `Origin` with every state change and every WebSocket (RFC 6455 section 4.1). */
  isAllowed(origin: string | undefined): boolean {
    return origin !== undefined && this.#all.has(origin);
  }

  /** Once the port is known, when the configuration names no origin. */
  settle(publicOrigin: string): void {
    this.#public = publicOrigin;
    this.#all = new Set([publicOrigin, ...sameMachine(publicOrigin)]);
  }
}

function sameMachine(origin: string): string[] {
  const url = new URL(origin);
  if (!['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) return [];
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => {
    const port = url.port === '' ? '' : `:${url.port}`;
    return `${url.protocol}//${host}${port}`;
  });
}
