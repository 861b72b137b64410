import type { Account, Provider, WriteProvider } from '@conclave/protocol';
import { type ApiAnswer, ApiClient } from '../../dev-env/ApiClient.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { setUpOwner } from '../../dev-env/people.ts';
import { type RealProvider, startRealProvider } from '../../dev-env/signOn/realProvider.ts';
import { type Jar, walkThrough } from '../../dev-env/signOn/walkThrough.ts';

export type OidcInput = Extract<WriteProvider, { kind: 'oidc' }>;

export function oidcInput(provider: Pick<RealProvider, 'issuer'>, more: Partial<OidcInput> = {}): OidcInput {
  return {
    kind: 'oidc',
    preset: 'generic',
    name: 'Test provider',
    enabled: true,
    domains: [],
    createsAccounts: true,
    defaultRole: 'organiser',
    roleRules: [],
    vouchesForEmail: false,
    asksFactor: false,
    issuer: provider.issuer,
    clientId: 'conclave',
    hostedDomain: null,
    scopes: [],
    clientSecret: 'a secret of the provider that nobody else knows',
    ...more,
  };
}

export interface SignOnWorld extends AsyncDisposable {
  readonly server: BootedServer;
  readonly owner: ApiClient;
  readonly ownerAccount: Account;
  readonly real: RealProvider;
  readonly provider: Extract<Provider, { kind: 'oidc' }>;
}

/** A server with its owner, and one real provider of OpenID Connect, set up with each other. */
export async function bootSignOn(more: Partial<OidcInput> = {}): Promise<SignOnWorld> {
  await using opened = new AsyncDisposableStack();
  const real = opened.use(await startRealProvider());
  const server = opened.use(await bootServer({ settings: { signOn: { allowPrivateNetworks: true } } }));
  const { client: owner, account: ownerAccount } = await setUpOwner(server);
  const answer = await owner.call('createProvider', { body: oidcInput(real, more) });
  if (answer.status !== 200) throw new Error(`the provider was refused: ${answer.code}`);
  const provider = answer.body as SignOnWorld['provider'];
  real.allow(provider.redirectUri, provider.logoutUri);
  const lifetime = opened.move();
  return {
    server,
    owner,
    ownerAccount,
    real,
    provider,
    [Symbol.asyncDispose]: () => lifetime.disposeAsync(),
  };
}

/** What a browser sends with a navigation that another site has led to. */
export const fromElsewhere = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
};

export interface Returned {
  readonly client: ApiClient;
  readonly answer: ApiAnswer;
  /** The page that the browser ends on. */
  readonly location: string;
  /** The callback's address, as the provider gave it. */
  readonly callback: string;
}

/** A whole sign-on: the button, the provider's pages, the way back. */
export async function signOn(
  world: Pick<SignOnWorld, 'server'>,
  id: string,
  client: ApiClient = new ApiClient(world.server.origin),
  options: { readonly returnTo?: string; readonly jar?: Jar } = {},
): Promise<Returned> {
  const begun = await client.call('beginSignOn', {
    params: { id },
    body: { returnTo: options.returnTo ?? '/' },
  });
  if (begun.status !== 200) throw new Error(`the sign-on did not begin: ${begun.code}`);
  const callback = await walkThrough(urlIn(begun), world.server.origin, options.jar);
  return { ...(await comeBack(client, callback)), callback };
}

export async function comeBack(client: ApiClient, callback: string): Promise<Omit<Returned, 'callback'>> {
  const { pathname, search } = new URL(callback);
  const answer = await client.send('GET', `${pathname}${search}`, { headers: fromElsewhere });
  return { client, answer, location: answer.headers.get('location') ?? '' };
}

export function urlIn(answer: ApiAnswer): string {
  return (answer.body as { url: string }).url;
}

/** Who is signed in in a browser. */
export async function whoIs(client: ApiClient): Promise<Account | null> {
  return ((await client.call('me')).body as { account: Account | null }).account;
}
