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
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Laid over what a browser sends; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** What a browser on one of our pages is to the REST calls: it keeps the cookie and sends what browsers send. */
export class ApiClient {
  readonly origin: string;
  /** `name=value`, as the Cookie header has it; null when there is none. */
  cookie: string | null = null;
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
    const answer = await this.send(route.method, `${API_PREFIX}${path}`, options);
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
      ...(this.cookie !== null && { cookie: this.cookie }),
      ...options.headers,
    };
    const kept = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers: kept,
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
      this.cookie = pair.endsWith('=') ? null : pair;
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
