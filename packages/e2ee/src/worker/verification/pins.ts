import type { Trust, Verified } from './view.ts';

/** A device that an account was seen with. */
export interface DevicePin {
  /** Ed25519, raw, base64url. */
  readonly key: string;
  /** First seen or accepted, ms since the epoch. */
  readonly seenAt: number;
  readonly verified: Verified | null;
}

/** The devices of one account, the oldest first. No name is kept but that under which somebody was verified. */
export type AccountPins = readonly DevicePin[];

const devicesPerAccount = 32;
const keyText = /^[A-Za-z0-9_-]{43}$/;

/**
 * What a key of an account means to this browser.
 *
 * Until there is a log of each account's devices, nobody can prove that a second device is its owner's. So the first
 * unknown device of a known account interrupts, whatever it is, and so does each one of an account with a device that
 * was verified: there somebody relies on more than having met before. An account that was accepted with
 * several devices gets a further one marked and no more; to be asked each time teaches people to say yes.
 *
 * People compare codes with somebody whom they call by a name: under another one nobody is verified.
 */
export function judge(
  pins: AccountPins,
  key: string,
  name: string,
): Exclude<Trust, 'self' | 'guest' | 'checking'> {
  const pin = pins.find((one) => one.key === key);
  if (pin?.verified === null) return 'known';
  if (pin !== undefined) return pin.verified.name === name ? 'verified' : 'renamed';
  if (pins.length === 0) return 'new';
  return pins.length === 1 || pins.some(({ verified }) => verified !== null) ? 'changed' : 'newDevice';
}

/** Whether a key is remembered without anybody being asked. */
export function isPinnedUnasked(trust: Trust): boolean {
  return trust === 'new' || trust === 'newDevice';
}

/** The key is among them from now on; what was verified stays verified. */
export function withSeen(pins: AccountPins, key: string, seenAt: number): AccountPins {
  if (pins.some((pin) => pin.key === key)) return pins;
  return withinLimit([...pins, { key, seenAt, verified: null }]);
}

/** @param verified null takes it back */
export function withVerified(
  pins: AccountPins,
  key: string,
  verified: Verified | null,
  now: number,
): AccountPins {
  return withSeen(pins, key, now).map((pin) => (pin.key === key ? { ...pin, verified } : pin));
}

/** What storage held, as far as it makes sense. */
export function parsePins(stored: unknown): AccountPins {
  if (!Array.isArray(stored)) return [];
  return stored.slice(0, devicesPerAccount).flatMap((one: unknown) => parsePin(one) ?? []);
}

function parsePin(stored: unknown): DevicePin | null {
  if (!isRecord(stored)) return null;
  const { key, seenAt, verified } = stored;
  if (typeof key !== 'string' || !keyText.test(key) || typeof seenAt !== 'number') return null;
  return { key, seenAt, verified: parseVerified(verified) };
}

function parseVerified(stored: unknown): Verified | null {
  if (!isRecord(stored)) return null;
  const { by, at, name } = stored;
  if ((by !== 'digits' && by !== 'qr') || typeof at !== 'number' || typeof name !== 'string') return null;
  return { by, at, name };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The oldest that nobody verified goes first. */
function withinLimit(pins: AccountPins): AccountPins {
  if (pins.length <= devicesPerAccount) return pins;
  const newest = pins.at(-1);
  const gone = pins.find((pin) => pin.verified === null && pin !== newest) ?? pins[0];
  return pins.filter((pin) => pin !== gone);
}
