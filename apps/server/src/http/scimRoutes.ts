import { ConclaveError } from '@conclave/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../context.ts';
import { resourceTypes, schemas, serviceProviderConfig } from '../features/sign-on/scim/describe.ts';
import {
  changeGroup,
  createGroup,
  findGroups,
  getGroup,
  removeGroup,
  replaceGroup,
} from '../features/sign-on/scim/groups.ts';
import { readGroupChanges } from '../features/sign-on/scim/patchGroup.ts';
import { patchUser } from '../features/sign-on/scim/patchUser.ts';
import { listOf, presentGroup, presentUser, userAsInput } from '../features/sign-on/scim/present.ts';
import { ScimError } from '../features/sign-on/scim/ScimError.ts';
import { PatchInput, SCIM_LIMITS, ScimGroupInput, ScimUserInput } from '../features/sign-on/scim/schemas.ts';
import { authenticateScim } from '../features/sign-on/scim/tokens.ts';
import { createUser, deleteUser, findUsers, getUser, replaceUser } from '../features/sign-on/scim/users.ts';
import { parseStrictJson } from '../json/strictJson.ts';
import { listMembers } from '../storage/repositories/signOn/scimGroups.ts';
import type { ScimTokenRow } from '../storage/repositories/signOn/scimTokens.ts';
import type { App } from './app.ts';
import { createFloodGuard } from './floods.ts';

const media = 'application/scim+json';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose request it is, of those of SCIM. */
    scimToken: ScimTokenRow | null;
  }
}

/** SCIM 2.0 (RFC 7643, RFC 7644): a directory says who has an account here. It speaks with a token, never with a cookie. */
export function addScimRoutes(app: App, context: Context): void {
  const { signOnPorts: ports, log } = context;
  const refuseFlood = createFloodGuard(context);
  const origin = () => ports.origin();

  void app.register(
    async (scope) => {
      scope.decorateRequest('scimToken', null);
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser(
        [media, 'application/json'],
        { parseAs: 'buffer', bodyLimit: SCIM_LIMITS.bodyBytes },
        async (_request: unknown, body: string | Buffer) => parseStrictJson(body, SCIM_LIMITS.bodyBytes),
      );
      scope.setErrorHandler((fault: Error, _request, reply) => {
        const refusal = toScimError(fault);
        if (refusal.status === 500) log.error({ fault }, 'a request of a directory failed');
        if (refusal.status === 401) reply.header('www-authenticate', 'Bearer');
        if (refusal.retryAfterMs !== undefined) {
          reply.header('retry-after', String(Math.max(1, Math.ceil(refusal.retryAfterMs / 1000))));
        }
        return send(reply.code(refusal.status), refusal.toBody());
      });
      scope.addHook('onRequest', async (request) => {
        await refuseFlood(request);
        const address = context.clientAddress(request.raw);
        request.scimToken = await authenticateScim(ports, request.headers.authorization, address);
      });

      scope.get('/ServiceProviderConfig', async (_request, reply) =>
        send(reply, serviceProviderConfig(origin())),
      );
      for (const [path, describe] of [
        ['ResourceTypes', resourceTypes],
        ['Schemas', schemas],
      ] as const) {
        scope.get(`/${path}`, async (_request, reply) => {
          const all = describe(origin());
          return send(reply, listOf(all, all.length, 1));
        });
        scope.get(`/${path}/:id`, async (request, reply) => {
          const found = describe(origin()).find((one) => 'id' in one && one.id === idIn(request));
          if (found === undefined) throw new ScimError(404);
          return send(reply, found);
        });
      }

      scope.get('/Users', async (request, reply) => {
        const { filter, page, startIndex } = readQuery(request);
        const { users, total } = await findUsers(ports, filter, page);
        return send(
          reply,
          listOf(
            users.map((user) => presentUser(origin(), user)),
            total,
            startIndex,
          ),
        );
      });
      scope.post('/Users', async (request, reply) => {
        const input = read(ScimUserInput, request.body);
        const user = await createUser(ports, request.scimToken?.provider_id ?? null, input);
        reply.header('location', `${origin()}/scim/v2/Users/${user.account.id}`);
        return send(reply.code(201), presentUser(origin(), user));
      });
      scope.get('/Users/:id', async (request, reply) =>
        send(reply, presentUser(origin(), await getUser(ports, idIn(request)))),
      );
      scope.put('/Users/:id', async (request, reply) => {
        const user = await getUser(ports, idIn(request));
        return send(
          reply,
          presentUser(origin(), await replaceUser(ports, user, read(ScimUserInput, request.body))),
        );
      });
      scope.patch('/Users/:id', async (request, reply) => {
        const user = await getUser(ports, idIn(request));
        const input = patchUser(userAsInput(user), read(PatchInput, request.body).Operations);
        return send(reply, presentUser(origin(), await replaceUser(ports, user, input)));
      });
      scope.delete('/Users/:id', async (request, reply) => {
        await deleteUser(ports, await getUser(ports, idIn(request)));
        return reply.code(204).send();
      });

      scope.get('/Groups', async (request, reply) => {
        const { filter, page, startIndex, leavesOutMembers } = readQuery(request);
        const { groups, total } = await findGroups(ports, filter, page);
        const shown = [];
        for (const group of groups) {
          shown.push(
            presentGroup(origin(), group, leavesOutMembers ? null : await listMembers(ports.db, group.id)),
          );
        }
        return send(reply, listOf(shown, total, startIndex));
      });
      scope.post('/Groups', async (request, reply) => {
        const group = await createGroup(ports, read(ScimGroupInput, request.body));
        reply.header('location', `${origin()}/scim/v2/Groups/${group.id}`);
        return send(reply.code(201), presentGroup(origin(), group, await listMembers(ports.db, group.id)));
      });
      scope.get('/Groups/:id', async (request, reply) => {
        const group = await getGroup(ports, idIn(request));
        const members = readQuery(request).leavesOutMembers ? null : await listMembers(ports.db, group.id);
        return send(reply, presentGroup(origin(), group, members));
      });
      scope.put('/Groups/:id', async (request, reply) => {
        const group = await getGroup(ports, idIn(request));
        const changed = await replaceGroup(ports, group, read(ScimGroupInput, request.body));
        return send(reply, presentGroup(origin(), changed, await listMembers(ports.db, group.id)));
      });
      scope.patch('/Groups/:id', async (request, reply) => {
        const group = await getGroup(ports, idIn(request));
        await changeGroup(ports, group, readGroupChanges(read(PatchInput, request.body).Operations));
        return reply.code(204).send();
      });
      scope.delete('/Groups/:id', async (request, reply) => {
        await removeGroup(ports, await getGroup(ports, idIn(request)));
        return reply.code(204).send();
      });
    },
    { prefix: '/scim/v2' },
  );
}

const Query = z.object({
  filter: z.string().max(500).optional(),
  // Nothing below 1 means 1, and nothing below 0 means 0 (RFC 7644, section 3.4.2.4).
  startIndex: z.coerce.number().int().catch(1).default(1),
  count: z.coerce.number().int().catch(SCIM_LIMITS.pageSize).default(SCIM_LIMITS.pageSize),
  excludedAttributes: z.string().max(300).optional(),
});

interface Page {
  readonly filter: string | undefined;
  readonly startIndex: number;
  readonly page: { readonly offset: number; readonly limit: number };
  readonly leavesOutMembers: boolean;
}

function readQuery(request: FastifyRequest): Page {
  const { filter, startIndex, count, excludedAttributes } = read(Query, request.query);
  const start = Math.min(Math.max(1, startIndex), 1_000_000);
  return {
    filter,
    startIndex: start,
    page: { offset: start - 1, limit: Math.min(Math.max(0, count), SCIM_LIMITS.pageSize) },
    leavesOutMembers: /(?:^|,)\s*members\s*(?:,|$)/i.test(excludedAttributes ?? ''),
  };
}

/** @throws ScimError invalidValue */
function read<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (!result.success) throw new ScimError(400, 'invalidValue');
  return result.data;
}

function idIn(request: FastifyRequest): string {
  return read(z.object({ id: z.string().max(200) }), request.params).id;
}

function send(reply: FastifyReply, body: object): FastifyReply {
  return reply.header('cache-control', 'no-store').type(`${media}; charset=utf-8`).send(JSON.stringify(body));
}

function toScimError(fault: Error): ScimError {
  if (fault instanceof ScimError) return fault;
  if (fault instanceof ConclaveError) {
    if (fault.code === 'request.malformed') return new ScimError(400, 'invalidSyntax');
    if (fault.code === 'request.too_large') return new ScimError(413);
    if (fault.code === 'request.rate') return new ScimError(429, null, fault.retryAfterMs);
    if (fault.code === 'account.exists') return new ScimError(409, 'uniqueness');
    if (fault.code === 'account.last_owner') return new ScimError(403);
  }
  const code = 'code' in fault ? String(fault.code) : '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ScimError(413);
  if (code.startsWith('FST_ERR_CTP_')) return new ScimError(400, 'invalidSyntax');
  return new ScimError(500);
}
