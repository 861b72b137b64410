import { API_PREFIX, ConclaveError, FILE_ROUTES, type FileRouteName, LIMITS } from '@conclave/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { accessFiles, countRequest } from '../features/files/accessFiles.ts';
import type { HeldAccess } from '../features/files/FileAccesses.ts';
import { expectedBytes } from '../features/files/fileParts.ts';
import { findOwnFile } from '../features/files/findFile.ts';
import type { App } from './app.ts';
import { type FileCall, fileHandlers } from './fileHandlers.ts';
import { createFloodGuard } from './floods.ts';
import { refuseOtherBodies, refuseOtherSites } from './guards.ts';

const octets = 'application/octet-stream';

declare module 'fastify' {
  interface FastifyRequest {
    /** Of requests about files, once it is known. */
    fileAccess: HeldAccess | null;
  }
}

/**
 * The routes of files. Who it is, whether they may, and how long the body is, is settled before anything of the body is
 * taken in. Whoever has no access is counted by their address; whoever has is counted by themselves, for an office may sit
 * behind one address.
 */
export function addFileRoutes(app: App, context: Context): void {
  const refuseFlood = createFloodGuard(context);
  const handlers = fileHandlers(context.files);
  void app.register(async (scope) => {
    scope.decorateRequest('fileAccess', null);
    scope.addContentTypeParser(
      octets,
      { parseAs: 'buffer', bodyLimit: LIMITS.filePartBytes },
      async (_request: unknown, body: string | Buffer) => body,
    );
    for (const name of Object.keys(FILE_ROUTES) as FileRouteName[]) {
      const route = FILE_ROUTES[name];
      scope.route({
        method: route.method,
        url: `${API_PREFIX}${route.path}`,
        exposeHeadRoute: false,
        bodyLimit: route.body === 'bytes' ? LIMITS.filePartBytes : LIMITS.restBodyBytes,
        onRequest: async (request, reply) => {
          refuseOtherSites(context, request);
          await admit(context, request, reply, refuseFlood);
          if (route.body !== 'bytes') refuseOtherBodies(request, route.body !== null);
          else refuseWrongLength(context, request);
        },
        handler: async (request, reply) => {
          const answer = await handlers[name](readCall(name, request));
          reply.header('cache-control', 'no-store');
          if (answer === undefined) return reply.code(204).send();
          if (!(answer instanceof Uint8Array)) return reply.send(answer);
          return reply.type(octets).header('content-disposition', 'attachment').send(answer);
        },
      });
    }
  });
}

async function admit(
  { files }: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  refuseFlood: (request: FastifyRequest) => Promise<void>,
): Promise<void> {
  try {
    request.fileAccess = accessFiles(files, request.headers.authorization);
  } catch (refusal) {
    await refuseFlood(request);
    throw refusal;
  }
  const counted = countRequest(files, request.fileAccess);
  reply.raw.once('close', () => counted[Symbol.dispose]());
}

/** @throws ConclaveError request.media_type, request.invalid, and what says that there is no such part of theirs */
function refuseWrongLength({ files }: Context, request: FastifyRequest): void {
  const { 'content-type': type, 'content-length': length } = request.headers;
  if (type !== octets) throw new ConclaveError('request.media_type');
  const { access, id, part } = readCall('putFilePart', request);
  const expected = expectedBytes(findOwnFile(files, access, id), part);
  if (length !== `${expected}`) throw new ConclaveError('request.invalid');
}

function readCall(name: FileRouteName, request: FastifyRequest): FileCall {
  const { params: schema, body: bodySchema } = FILE_ROUTES[name];
  if (Object.keys(request.query ?? {}).length > 0 || request.fileAccess === null)
    throw new ConclaveError('request.invalid');
  const params = schema.safeParse(request.params);
  if (!params.success) throw new ConclaveError('request.not_found');
  const { id } = params.data;
  const part = 'part' in params.data ? Number(params.data.part) : 0;
  return { access: request.fileAccess, id, part, ...readBody(bodySchema, request.body) };
}

function readBody(
  schema: (typeof FILE_ROUTES)[FileRouteName]['body'],
  body: unknown,
): Pick<FileCall, 'size' | 'bytes'> {
  const none = { size: 0, bytes: new Uint8Array() };
  if (schema === 'bytes') return Buffer.isBuffer(body) ? { ...none, bytes: body } : none;
  if (schema === null) return none;
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new ConclaveError('request.invalid', { field: 'bytes' });
  return { ...none, size: parsed.data.bytes };
}
