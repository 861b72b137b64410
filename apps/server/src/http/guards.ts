import { ConclaveError, CSRF_HEADER } from '@conclave/protocol';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';

/**
 * A page of another site must not be able to act for somebody who is signed in here. A state change needs all:
 * our own `Origin`; a header that no form and no simple cross-site request can carry; and, from browsers that
 * send it, `Sec-Fetch-Site: same-origin` (W3C Fetch Metadata). The cookie is SameSite=Strict besides.
 * @throws ConclaveError request.origin
 */
export function refuseOtherSites(context: Context, request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new ConclaveError('request.origin');
  if (!changesState(request.method)) return;
  const ours = context.isAllowedOrigin(request.headers.origin) && site !== 'none';
  if (!ours || request.headers[CSRF_HEADER] === undefined) throw new ConclaveError('request.origin');
}

function changesState(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}

const json = /^application\/json(?:\s*;\s*charset=utf-8)?$/i;

/** @throws ConclaveError request.media_type when a body is not JSON, request.invalid when there should be none. */
export function refuseOtherBodies(request: FastifyRequest, takesBody: boolean): void {
  const { 'content-type': type, 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (takesBody) {
    if (type === undefined || !json.test(type.trim())) throw new ConclaveError('request.media_type');
    return;
  }
  if (encoding !== undefined || (length !== undefined && length !== '0')) {
    throw new ConclaveError('request.invalid');
  }
}
