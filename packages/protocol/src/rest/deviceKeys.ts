import * as z from 'zod/mini';
import { Instant, Uuid } from '../ids.ts';

/** An Ed25519 public key, 32 bytes, base64url without padding. */
export const DevicePublicKey = z.string().check(z.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/));

/**
 * The key by which others know a browser of somebody's again from meeting to meeting. What was once in the log stays in it; a
 * key that is revoked is so for good.
 */
export const DeviceKey = z.strictObject({
  id: Uuid,
  publicKey: DevicePublicKey,
  /** "Firefox on Linux". */
  device: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant,
  revokedAt: z.nullable(Instant),
});
export type DeviceKey = z.infer<typeof DeviceKey>;
export const DeviceKeyList = z.strictObject({ keys: z.array(DeviceKey) });
export const DeviceKeyParams = z.strictObject({ id: Uuid });

/** Told by a browser of its own key. `revoked`: it has to forget it and make another one. */
export const AnnounceDeviceKey = z.strictObject({ publicKey: DevicePublicKey });
export const DeviceKeyState = z.strictObject({ revoked: z.boolean() });
