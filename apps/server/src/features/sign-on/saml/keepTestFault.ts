import { ConclaveError, type ProviderId } from '@conclave/protocol';
import { findAsked, storeTestFault } from '../pending.ts';
import type { SignOnPorts } from '../ports.ts';
import { testFaultOf } from '../testFault.ts';

/** As `makeRequestId` makes them. */
const inResponseTo = /\sInResponseTo\s*=\s*["'](_[0-9a-f]{40})["']/;

/**
 * The token by which a browser goes on that has brought a refused answer to a test; null when it answers none, or something else was
 * wrong than the answer. The request is read from what nobody has verified: it is known to the provider and to whoever tests, and all
 * that comes of it is that this test says that it failed.
 */
export async function keepTestFault(
  ports: SignOnPorts,
  providerId: ProviderId,
  samlResponse: string,
  fault: unknown,
): Promise<string | null> {
  if (!(fault instanceof ConclaveError) || fault.code !== 'sign_on.failed') return null;
  const [, requestId] = inResponseTo.exec(Buffer.from(samlResponse, 'base64').toString('utf8')) ?? [];
  const asked = requestId === undefined ? null : await findAsked(ports, providerId, requestId);
  return asked === null ? null : storeTestFault(ports, asked, testFaultOf(fault));
}
