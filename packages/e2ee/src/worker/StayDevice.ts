import { type Joiner, MlsError, type NamedJoiner, type SigningHost } from '../mls/index.ts';
import type { OwnIdentity } from './messages.ts';

/** A credential is for one stay; whoever stays longer comes back with another one, ms. */
const credentialLifetime = 48 * 60 * 60 * 1_000;

export interface DevicePorts {
  deviceKeyOf(accountId: string): Promise<CryptoKeyPair>;
  /** Of a guest, and of an unnamed leaf: for one stay. */
  guestKeyOf(participantId: string): Promise<CryptoKeyPair>;
}

/** By which device we are in the meeting: the same for the whole stay. A guest's is of no other stay. */
export class StayDevice {
  readonly #ports: DevicePorts;
  readonly #kept = new Map<string, CryptoKeyPair>();

  constructor(ports: DevicePorts) {
    this.#ports = ports;
  }

  /** What a credential from now on says of us. */
  async joiner(who: OwnIdentity): Promise<{ readonly me: Joiner; readonly introducing: NamedJoiner | null }> {
    const { participantId, name, accountId } = who;
    const notAfter = Date.now() + credentialLifetime;
    const common = { participantId, name, notAfter, device: await this.#pair(participantId, accountId) };
    const named: NamedJoiner =
      accountId === null ? { kind: 'guest', ...common } : { kind: 'member', accountId, ...common };
    if (!who.unnamed) return { me: named, introducing: null };
    // Never an account's device: all who are in the group see this key.
    const device = await this.#pair(participantId, null);
    return { me: { kind: 'unnamed', participantId, notAfter, device }, introducing: named };
  }

  /** @throws MlsError `refused` for guests, who let nobody in */
  async host({ participantId, accountId }: OwnIdentity): Promise<SigningHost> {
    if (accountId === null) throw new MlsError('refused', 'a guest lets nobody in');
    return { participantId, device: await this.#pair(participantId, accountId) };
  }

  async #pair(participantId: string, accountId: string | null): Promise<CryptoKeyPair> {
    const of = accountId ?? participantId;
    const kept = this.#kept.get(of);
    if (kept !== undefined) return kept;
    const pair = await (accountId === null
      ? this.#ports.guestKeyOf(participantId)
      : this.#ports.deviceKeyOf(accountId));
    this.#kept.set(of, pair);
    return pair;
  }
}
