import { API_PREFIX, ConclaveError, ProviderId } from '@conclave/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../context.ts';
import {
  type ComesBack,
  type Finished,
  finishAfterAnswer,
  finishFromCallback,
  takeSamlAnswer,
} from '../features/sign-on/finish.ts';
import { logoutFromProvider } from '../features/sign-on/oidc/logout.ts';
import { anyProvider, isOidc, isSaml } from '../features/sign-on/providers.ts';
import { samlMetadata } from '../features/sign-on/saml/begin.ts';
import { signOnTokenIn } from '../features/sign-on/signOnToken.ts';
import type { App } from './app.ts';
import { deviceCookie, sessionCookie } from './cookies.ts';
import { createFloodGuard } from './floods.ts';
import { preferredLanguage } from './preferredLanguage.ts';
import { signOnCookie } from './signOnCookie.ts';

/** Answers of SAML with certificates and many groups in them, in base64. */
const formBytes = 256 * 1024;
const form = 'application/x-www-form-urlencoded';
const place = `${API_PREFIX}/sign-on/:id`;

/**
 * Where providers send browsers back to, and speak to us themselves. The two routes here that take forms are the only ones
 * that do, and that another site may post to: what they are given proves itself, by the provider's signature and by the sign-on
 * that waits for it in this very browser.
 */
export function addSignOnCallbacks(app: App, context: Context): void {
  const refuseFlood = createFloodGuard(context);
  const { signOnPorts: ports } = context;
  void app.register(async (scope) => {
    scope.addContentTypeParser(
      form,
      { parseAs: 'string', bodyLimit: formBytes },
      async (_request: unknown, body: string | Buffer) =>
        Object.fromEntries(new URLSearchParams(String(body))),
    );
    scope.addHook('onRequest', async (request) => {
      await refuseFlood(request);
      refuseFrames(request);
    });

    scope.get(`${place}/callback`, { exposeHeadRoute: false }, async (request, reply) => {
      const query = request.url.split('?').slice(1).join('?');
      return lead(
        context,
        reply,
        await finishFromCallback(ports, idIn(request), query, comesBack(context, request)),
      );
    });

    scope.post(`${place}/acs`, { bodyLimit: formBytes }, async (request, reply) => {
      const id = idIn(request);
      try {
        const answer = await takeSamlAnswer(ports, id, field(request, 'SAMLResponse'));
        // With this request no cookie comes, because another site made it; with the next one it does.
        return goTo(reply, `${place.replace(':id', id)}/finish?${new URLSearchParams({ answer })}`);
      } catch (fault) {
        const code = fault instanceof ConclaveError ? fault.code : 'server.internal';
        return lead(context, reply, {
          kind: 'refused',
          code,
          returnTo: '/sign-in',
          fault,
          stillWaits: false,
          testFault: null,
        });
      }
    });

    scope.get(`${place}/finish`, { exposeHeadRoute: false }, async (request, reply) =>
      lead(
        context,
        reply,
        await finishAfterAnswer(ports, idIn(request), answerIn(request), comesBack(context, request)),
      ),
    );

    scope.get(`${place}/metadata`, { exposeHeadRoute: false }, async (request, reply) => {
      const provider = await anyProvider(ports, idIn(request));
      if (!isSaml(provider)) throw new ConclaveError('request.not_found');
      return reply
        .header('cache-control', 'no-store')
        .type('application/samlmetadata+xml; charset=utf-8')
        .send(samlMetadata(ports, provider));
    });

    scope.post(`${place}/logout`, { bodyLimit: formBytes }, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      try {
        const provider = await anyProvider(ports, idIn(request));
        if (!isOidc(provider)) throw new ConclaveError('request.not_found');
        const address = context.clientAddress(request.raw);
        await logoutFromProvider(ports, provider, field(request, 'logout_token'), address);
        return await reply.code(200).send();
      } catch (fault) {
        if (!(fault instanceof ConclaveError) || fault.code === 'auth.too_many_attempts') throw fault;
        context.log.warn({ fault: fault.cause ?? fault }, 'a logout from a provider was refused');
        // OpenID Connect Back-Channel Logout 1.0, section 2.8.
        return reply.code(400).type('application/json; charset=utf-8').send('{"error":"invalid_request"}');
      }
    });
  });
}

/** Signing in is for a page of its own, never for a frame inside another site's. @throws ConclaveError request.origin */
function refuseFrames(request: FastifyRequest): void {
  const goal = request.headers['sec-fetch-dest'];
  if (goal !== undefined && goal !== 'document' && goal !== 'empty')
    throw new ConclaveError('request.origin');
}

/** @throws ConclaveError request.not_found */
function idIn(request: FastifyRequest): ProviderId {
  const params = z.object({ id: ProviderId as unknown as z.ZodType<ProviderId> }).safeParse(request.params);
  if (!params.success) throw new ConclaveError('request.not_found');
  return params.data.id;
}

/** What the browser was given when it brought SAML's answer. */
function answerIn(request: FastifyRequest): string | null {
  const query = z.object({ answer: z.string().max(100) }).safeParse(request.query);
  return query.success ? query.data.answer : null;
}

/** @throws ConclaveError sign_on.failed */
function field(request: FastifyRequest, name: string): string {
  const body = z.record(z.string(), z.string()).safeParse(request.body);
  const value = body.success ? body.data[name] : undefined;
  if (value === undefined) throw new ConclaveError('sign_on.failed');
  return value;
}

function comesBack(context: Context, request: FastifyRequest): ComesBack {
  const { cookie: cookieHeader, 'user-agent': userAgent } = request.headers;
  return {
    token: signOnTokenIn(cookieHeader),
    address: context.clientAddress(request.raw),
    from: {
      userAgent,
      language: preferredLanguage(request.headers['accept-language']),
      cookieHeader,
    },
  };
}

/**
 * The session's cookie is SameSite=Strict: the browser keeps it now, but sends it only with what our own pages ask for. So
 * every way ends on one of them, which then asks who is signed in.
 */
function lead(context: Context, reply: FastifyReply, finished: Finished): FastifyReply {
  switch (finished.kind) {
    case 'signed-in':
      reply.header('set-cookie', signOnCookie(null));
      reply.header('set-cookie', sessionCookie(finished.sessionToken));
      reply.header('set-cookie', deviceCookie(finished.deviceToken));
      return goTo(reply, finished.returnTo);
    case 'factor':
      reply.header('set-cookie', signOnCookie(finished.token));
      return goTo(reply, '/sign-in?factor=asked');
    case 'to-link':
      reply.header('set-cookie', signOnCookie(finished.token));
      return goTo(reply, '/sign-on/connect');
    case 'linked':
      reply.header('set-cookie', signOnCookie(null));
      return goTo(reply, `${finished.returnTo}?linked=yes`);
    case 'tested':
      reply.header('set-cookie', signOnCookie(finished.token));
      return goTo(reply, `${finished.returnTo}?tested=yes`);
    case 'refused': {
      const { code, fault, returnTo, stillWaits, testFault } = finished;
      const why = fault instanceof ConclaveError ? (fault.cause ?? fault) : fault;
      if (code === 'server.internal') context.log.error({ fault }, 'a sign-on failed');
      else context.log.warn({ fault: why, refused: code }, 'a sign-on was refused');
      if (!stillWaits) reply.header('set-cookie', signOnCookie(null));
      const words = { refused: code, ...(testFault !== null && { reason: testFault }) };
      return goTo(reply, `${returnTo}?${new URLSearchParams(words)}`);
    }
  }
}

/** `path` is one of ours: relative, so that no other origin can be meant. */
function goTo(reply: FastifyReply, path: string): FastifyReply {
  return reply.code(303).header('cache-control', 'no-store').header('location', path).send();
}
