import { API_PREFIX, CSRF_HEADER, ErrorBody, ROUTES, type Route, type RouteName } from '@conclave/protocol';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; null when there was none. */
  readonly body: unknown;
  /** The code of a refusal. */
  readonly code: string | null;
}

export interface CallOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Laid over what a browser sends; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** What a browser on one of our pages is to the REST calls: it keeps the cookie and sends what browsers send. */
export class ApiClient {
  readonly origin: string;
  /** The session's, `name=value`, as the Cookie header has it; null when there is none. */
  cookie: string | null = null;
  /** The one by which the browser is known again. */
  device: string | null = null;
  /** What belongs to a sign-on that is under way. */
  signOn: string | null = null;
  readonly #userAgent: string;

  constructor(
    origin: string,
    userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  ) {
    this.origin = origin;
    this.#userAgent = userAgent;
  }

  /** Calls a route of the contract, and fails when the answer is not what the contract says. */
  async call(name: RouteName, options: CallOptions = {}): Promise<ApiAnswer> {
    const route: Route = ROUTES[name];
    const path = route.path.replace(/:([a-z]+)/gi, (_, key: string) =>
      encodeURIComponent(options.params?.[key] ?? ''),
    );
    const search = options.query === undefined ? '' : `?${new URLSearchParams(options.query)}`;
    const answer = await this.send(route.method, `${API_PREFIX}${path}${search}`, options);
    if (answer.status >= 400) ErrorBody.parse(answer.body);
    else if (route.response === null) {
      if (answer.status !== 204 || answer.body !== null) throw new Error(`${name} answered with a body`);
    } else route.response.parse(answer.body);
    return answer;
  }

  async send(method: string, path: string, options: CallOptions = {}): Promise<ApiAnswer> {
    const headers: Record<string, string | undefined> = {
      'user-agent': this.#userAgent,
      'sec-fetch-site': 'same-origin',
      ...(method !== 'GET' && { origin: this.origin, [CSRF_HEADER]: '1' }),
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
      ...this.#cookies(),
      ...options.headers,
    };
    const kept = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers: kept,
      redirect: 'manual',
      ...(options.body !== undefined && {
        body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body),
      }),
    });
    this.#keepCookie(response.headers.getSetCookie());
    const text = await response.text();
    const body: unknown = text === '' ? null : parse(text);
    const refusal = ErrorBody.safeParse(body);
    return {
      status: response.status,
      headers: response.headers,
      body,
      code: refusal.success ? refusal.data.error.code : null,
    };
  }

  #keepCookie(setCookies: readonly string[]): void {
    for (const header of setCookies) {
      const pair = header.split(';', 1)[0] ?? '';
      const kept = pair.endsWith('=') ? null : pair;
      if (pair.startsWith('__Host-conclave-device=')) this.device = kept;
      else if (pair.startsWith('__Host-conclave-sign-on=')) this.signOn = kept;
      else this.cookie = kept;
    }
  }

  #cookies(): { cookie?: string } {
    const pairs = [this.cookie, this.device, this.signOn].filter((pair) => pair !== null);
    return pairs.length === 0 ? {} : { cookie: pairs.join('; ') };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
