import { deriveMeetingSecret, makePasscode, toBase64Url, verifierOf } from '@conclave/e2ee';
import type { RawSettings } from '@conclave/server';
import { ApiClient, type CallOptions } from '../../dev-env/ApiClient.ts';
import { type BootedServer, type BootOptions, bootServer } from '../../dev-env/bootServer.ts';
import { makeMeeting, makeMeetingId } from '../../dev-env/meetings.ts';
import { OWNER, setUpOwner } from '../../dev-env/people.ts';

export interface MadeMeeting {
  readonly id: string;
  /** Base64url, as a client that knows the passcode sends it. */
  readonly proof: string;
}

/** A real server with an owner and one meeting whose passcode is known. */
export interface RunningMeeting extends MadeMeeting, AsyncDisposable {
  readonly server: BootedServer;
  readonly origin: string;
  readonly dataFolder: string;
  readonly ownerCookie: string;
  readonly ownerName: string;
  /** Another sign-in of the owner. @returns its cookie */
  signIn(): Promise<string>;
  signOut(cookie: string): Promise<void>;
  makeMeeting(): Promise<MadeMeeting>;
  renameMeeting(title: string | null): Promise<void>;
  deleteMeeting(id: string): Promise<void>;
}

export async function bootMeeting(
  settings: RawSettings = {},
  options: BootOptions = {},
): Promise<RunningMeeting> {
  await using opened = new AsyncDisposableStack();
  const server = opened.use(await bootServer({ ...options, settings }));
  const { client: owner } = await setUpOwner(server);
  const makeKnownMeeting = async () => {
    const id = makeMeetingId();
    const secret = await deriveMeetingSecret(id, makePasscode());
    const verifier = toBase64Url(await verifierOf(secret));
    await succeed(owner, 'createMeeting', { body: makeMeeting({ id, verifier }) });
    return { id, proof: toBase64Url(secret.proof) };
  };
  const made = await makeKnownMeeting();
  const lifetime = opened.move();
  return {
    ...made,
    server,
    origin: server.origin,
    dataFolder: server.dataFolder,
    ownerCookie: cookieOf(owner),
    ownerName: OWNER.name,
    async signIn() {
      const browser = new ApiClient(server.origin);
      await succeed(browser, 'signIn', { body: { email: OWNER.email, password: OWNER.password } });
      return cookieOf(browser);
    },
    async signOut(cookie) {
      const browser = new ApiClient(server.origin);
      browser.cookie = cookie;
      await succeed(browser, 'signOut');
    },
    makeMeeting: makeKnownMeeting,
    renameMeeting: (title) => succeed(owner, 'changeMeeting', { params: { id: made.id }, body: { title } }),
    deleteMeeting: (id) => succeed(owner, 'deleteMeeting', { params: { id } }),
    [Symbol.asyncDispose]: () => lifetime.disposeAsync(),
  };
}

async function succeed(
  client: ApiClient,
  route: Parameters<ApiClient['call']>[0],
  options: CallOptions = {},
) {
  const { code } = await client.call(route, options);
  if (code !== null) throw new Error(`${route} was refused: ${code}`);
}

function cookieOf({ cookie }: ApiClient): string {
  if (cookie === null) throw new Error('Nobody is signed in here.');
  return cookie;
}
