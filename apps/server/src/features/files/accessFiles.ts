import { ConclaveError } from '@conclave/protocol';
import { FILE_RATES } from '../../policy/files.ts';
import type { HeldAccess } from './FileAccesses.ts';
import type { FilesPorts } from './ports.ts';

const bearer = /^Bearer ([A-Za-z0-9_-]{43})$/;

/** Whose request it is. @param header `Authorization`. @throws ConclaveError file.access */
export function accessFiles({ accesses, clock }: FilesPorts, header: string | undefined): HeldAccess {
  const token = bearer.exec(header ?? '')?.[1];
  const access = token === undefined ? null : accesses.find(token, clock());
  if (access === null) throw new ConclaveError('file.access');
  return access;
}

/** For whoever acts with an access that was found before. @throws ConclaveError file.access when its owner has gone */
export function demandAccess({ accesses }: FilesPorts, access: HeldAccess): void {
  if (!accesses.isHeld(access)) throw new ConclaveError('file.access');
}

/** Counts a request, until the result is disposed of. @throws ConclaveError request.rate */
export function countRequest({ clock }: FilesPorts, access: HeldAccess): Disposable {
  if (access.underWay >= FILE_RATES.atOnce || !access.requests.take(clock()))
    throw new ConclaveError('request.rate', { retryAfterMs: 500 });
  access.underWay++;
  let over = false;
  return {
    [Symbol.dispose]() {
      if (!over) access.underWay--;
      over = true;
    },
  };
}
