import { randomUUID } from 'node:crypto';
import { ConclaveError, type DeviceKey, LIMITS } from '@conclave/protocol';
import {
  listDeviceKeyRows,
  putDeviceKey,
  revokeDeviceKeyRow,
} from '../../storage/repositories/deviceKeys.ts';
import type { Caller } from './authenticate.ts';
import { describeDevice } from './describeDevice.ts';
import { endSession } from './endSession.ts';
import type { AccountsPorts } from './ports.ts';

/** The log of the keys of one's own browsers, the newest first, with those that were revoked. */
export async function listDeviceKeys(ports: AccountsPorts, caller: Caller): Promise<DeviceKey[]> {
  const rows = await listDeviceKeyRows(ports.db, caller.accountId);
  return rows.map((row) => ({
    id: row.id,
    publicKey: Buffer.from(row.public_key).toString('base64url'),
    device: row.device,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
  }));
}

/** A browser tells of its key; one that was revoked is to be forgotten by it. @throws ConclaveError account.device_limit */
export async function announceDeviceKey(
  ports: AccountsPorts,
  caller: Caller,
  publicKey: string,
  userAgent: string | undefined,
): Promise<{ revoked: boolean }> {
  const known = await listDeviceKeyRows(ports.db, caller.accountId);
  const bytes = Buffer.from(publicKey, 'base64url');
  const isNew = !known.some((row) => bytes.equals(row.public_key));
  if (isNew && known.length >= LIMITS.deviceKeys) throw new ConclaveError('account.device_limit');
  const now = new Date(ports.clock());
  const row = await putDeviceKey(ports.db, {
    id: randomUUID(),
    account_id: caller.accountId,
    session_id: caller.sessionId,
    public_key: bytes,
    device: describeDevice(userAgent),
    created_at: now,
    last_used_at: now,
    revoked_at: null,
  });
  if (isNew) ports.emit({ event: 'device.announced', accountId: caller.accountId, deviceKeyId: row.id });
  return { revoked: row.revoked_at !== null };
}

/**
 * A key is good no more, and the session ends that has told of it. The browser that has it makes another one when it comes
 * back, which others in meetings are told of.
 * @throws ConclaveError request.not_found, also for those of others
 */
export async function revokeDeviceKey(ports: AccountsPorts, caller: Caller, id: string): Promise<void> {
  const revoked = await revokeDeviceKeyRow(ports.db, id, caller.accountId, new Date(ports.clock()));
  if (revoked === null) throw new ConclaveError('request.not_found');
  const { accountId } = caller;
  ports.emit({ event: 'device.revoked', accountId, deviceKeyId: id });
  const { session_id: sessionId } = revoked;
  if (sessionId !== null && sessionId !== caller.sessionId) {
    await endSession(ports, { accountId, sessionId, by: 'revoked' });
  }
}
