import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';

/** Somebody with an account at the provider. */
export interface ProviderPerson {
  readonly sub: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
  readonly groups?: readonly string[];
}

export interface RealProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly people: Map<string, ProviderPerson>;
  /** Who signs in next: the provider asks nobody for a password. Null: whoever comes does not want to. */
  signsIn: ProviderPerson | null;
  /** Tells the provider where it may send people back to, and where it says that they are signed out. */
  allow(redirectUri: string, logoutUri: string): void;
  /** From now on it signs with another key, and only that one is in its key set. */
  rotateKeys(): Promise<void>;
}

/** A real provider of OpenID Connect on this machine (`oidc-provider`), without its pages. */
export async function startRealProvider(): Promise<RealProvider> {
  const clientId = 'conclave';
  const clientSecret = 'a secret of the provider that nobody else knows';
  const people = new Map<string, ProviderPerson>();
  const uris = { redirect: 'http://127.0.0.1/unset', logout: 'http://127.0.0.1/unset' };
  const state: { signsIn: ProviderPerson | null; keys: JWK[] } = { signsIn: null, keys: [await makeKey()] };
  let callback: (request: IncomingMessage, response: ServerResponse) => unknown = () => undefined;
  let provider: Provider;

  const server = createServer((request, response) => {
    const uid = /^\/interaction\/([\w-]+)$/.exec(request.url ?? '')?.[1];
    if (uid === undefined) return void callback(request, response);
    void finishInteraction(provider, request, response, state.signsIn);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const build = () => {
    provider = new Provider(issuer, configuration());
    callback = provider.callback();
  };
  const configuration = (): Configuration => ({
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [uris.redirect],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        backchannel_logout_uri: uris.logout,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: state.keys as never },
    ttl: {
      Interaction: 600,
      Grant: 600,
      Session: 600,
      AccessToken: 600,
      IdToken: 600,
      AuthorizationCode: 60,
    },
    cookies: { keys: ['a key of the tests'] },
    pkce: { required: () => true },
    claims: {
      openid: ['sub', 'sid'],
      email: ['email', 'email_verified'],
      profile: ['name', 'groups'],
    },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, sub) => {
      const person = people.get(sub);
      if (person === undefined) return undefined;
      return { accountId: sub, claims: async () => ({ ...person }) };
    },
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({
        clientId,
        accountId: context.oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  build();

  return {
    issuer,
    clientId,
    clientSecret,
    people,
    get signsIn() {
      return state.signsIn;
    },
    set signsIn(person) {
      if (person !== null) people.set(person.sub, person);
      state.signsIn = person;
    },
    allow(redirect, logout) {
      Object.assign(uris, { redirect, logout });
      build();
    },
    async rotateKeys() {
      state.keys = [await makeKey()];
      build();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: crypto.randomUUID(), use: 'sig', alg: 'RS256' };
}

async function finishInteraction(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  person: ProviderPerson | null,
): Promise<void> {
  const result =
    person === null
      ? { error: 'access_denied', error_description: 'not now' }
      : { login: { accountId: person.sub }, consent: {} };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}
