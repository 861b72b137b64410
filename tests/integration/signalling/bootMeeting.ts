import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deriveMeetingSecret, makePasscode, randomString, toBase64Url, verifierOf } from '@conclave/e2ee';
import { API_PREFIX, CSRF_HEADER } from '@conclave/protocol';
import { configFrom, type RawSettings, startServer } from '@conclave/server';

const password = 'harbour violin seventeen clouds';
const email = 'olga@example.org';

export interface MadeMeeting {
  readonly id: string;
  /** Base64url, as a client that knows the passcode sends it. */
  readonly proof: string;
}

/** A real server with an owner and one meeting. */
export interface RunningMeeting extends MadeMeeting, AsyncDisposable {
  readonly origin: string;
  readonly ownerCookie: string;
  readonly ownerName: string;
  signIn(): Promise<string>;
  signOut(cookie: string): Promise<void>;
  makeMeeting(): Promise<MadeMeeting>;
  deleteMeeting(id: string): Promise<void>;
}

// Vitest runs these files one after the other; other suites may run servers of their own beside them.
let nextUdpPort = 42_000 + (process.pid % 500) * 4;

export async function bootMeeting(settings: RawSettings = {}): Promise<RunningMeeting> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'conclave-test-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const values: RawSettings = {
    listen: { port: 0 },
    media: { udpPort: nextUdpPort++, workers: 1 },
    log: { level: 'silent' },
    ...settings,
    dataFolder: folder,
  };
  const server = opened.use(await startServer({ config: configFrom(values, folder) }));
  const { origin } = server;
  const call = async (method: string, path: string, body?: unknown, cookie?: string) => {
    const response = await fetch(`${origin}${API_PREFIX}${path}`, {
      method,
      headers: {
        origin,
        [CSRF_HEADER]: '1',
        ...(cookie === undefined ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  };

  const ownerName = 'Olga Owner';
  const token = server.ownerLink?.split('#')[1];
  const ownerCookie = await call('POST', '/owner', { token, email, name: ownerName, password });
  const makeMeeting = async () => {
    const id = [1, 2, 3, 4].map(() => randomString(5)).join('-');
    const secret = await deriveMeetingSecret(id, makePasscode());
    const verifier = toBase64Url(await verifierOf(secret));
    await call('POST', '/meetings', { id, title: null, verifier }, ownerCookie);
    return { id, proof: toBase64Url(secret.proof) };
  };
  const made = await makeMeeting();
  const lifetime = opened.move();
  return {
    ...made,
    origin,
    ownerCookie,
    ownerName,
    signIn: () => call('POST', '/sessions', { email, password }),
    signOut: async (cookie) => void (await call('DELETE', '/sessions/current', undefined, cookie)),
    makeMeeting,
    deleteMeeting: async (id) => void (await call('DELETE', `/meetings/${id}`, undefined, ownerCookie)),
    [Symbol.asyncDispose]: () => lifetime.disposeAsync(),
  };
}
