import { ConclaveError, ERROR_TEXTS, ERRORS, type ErrorBody } from '@conclave/protocol';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';

/** Fastify's own refusals that a client can cause, in our words. All else is a fault of ours. */
const FROM_FASTIFY: Readonly<Record<string, ConclaveError['code']>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.malformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.malformed',
  FST_ERR_BAD_URL: 'request.malformed',
  FST_ERR_MAX_PARAM_LENGTH: 'request.not_found',
  FST_STATIC_FORBIDDEN_PATH: 'request.not_found',
};

/** The one place where an error becomes an answer. What is not a ConclaveError tells nothing to the client. */
export function answerError(
  context: Context,
  fault: FastifyError | ConclaveError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const refusal = toRefusal(fault);
  if (refusal.code === 'server.internal') {
    context.log.error({ fault, method: request.method, route: request.routeOptions.url }, 'a request failed');
  } else {
    context.emit({ event: 'request.refused', surface: 'http', code: refusal.code });
  }
  if (refusal.retryAfterMs !== undefined) {
    reply.header('retry-after', String(Math.max(1, Math.ceil(refusal.retryAfterMs / 1000))));
  }
  return reply
    .code(ERRORS[refusal.code].status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(bodyOf(refusal)));
}

export function bodyOf(refusal: ConclaveError): ErrorBody {
  return {
    error: {
      code: refusal.code,
      text: ERROR_TEXTS[refusal.code],
      ...(refusal.field !== undefined && { field: refusal.field }),
      ...(refusal.retryAfterMs !== undefined && { retryAfterMs: refusal.retryAfterMs }),
    },
  };
}

function toRefusal(fault: FastifyError | Error): ConclaveError {
  if (fault instanceof ConclaveError) return fault;
  const code = 'code' in fault ? FROM_FASTIFY[String(fault.code)] : undefined;
  return new ConclaveError(code ?? 'server.internal');
}
