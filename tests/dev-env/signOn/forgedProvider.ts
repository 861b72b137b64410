import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

/** What the token endpoint was asked, and what it answers. */
export type TokenEndpoint = (
  form: URLSearchParams,
  authorization: string | undefined,
) => Promise<object> | object;

export interface ForgedProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly publicJwk: JWK;
  readonly privateKey: CryptoKey;
  /** Answers of the token endpoint: an honest one for `idToken` by default. */
  token: TokenEndpoint;
  /** An ID token (or logout token) signed as an honest provider would, with whatever is in it. */
  sign(claims: JWTPayload, header?: Record<string, unknown>): Promise<string>;
  /** What the discovery document says besides or instead. */
  metadata: Record<string, unknown>;
  /** What the userinfo endpoint says; it is known only where `metadata` names it. */
  userInfo: object;
  readonly asked: URLSearchParams[];
  readonly paths: string[];
}

/** A provider whose every word a test chooses. It has no pages: a test goes from the authorization request to the callback itself. */
export async function startForgedProvider(): Promise<ForgedProvider> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid: 'one', use: 'sig', alg: 'RS256' };
  const asked: URLSearchParams[] = [];
  const paths: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', forged.issuer);
    paths.push(url.pathname);
    const send = (body: object, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/.well-known/openid-configuration')
      return void send({ ...honest(), ...forged.metadata });
    if (url.pathname === '/jwks') return void send({ keys: [publicJwk] });
    if (url.pathname === '/userinfo') return void send(forged.userInfo);
    if (url.pathname !== '/token') return void send({}, 404);
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', async () => {
      const form = new URLSearchParams(body);
      asked.push(form);
      send(await forged.token(form, request.headers.authorization));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const honest = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    authorization_response_iss_parameter_supported: true,
  });
  const forged: ForgedProvider = {
    issuer,
    publicJwk,
    privateKey,
    metadata: {},
    userInfo: {},
    asked,
    paths,
    token: () => ({ error: 'invalid_grant' }),
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(privateKey),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return forged;
}
