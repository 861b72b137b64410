import { type Joiner, MlsError, type SigningHost } from '../mls/index.ts';
import type { Introduction } from './messages.ts';

/** A credential is for one stay; whoever stays longer comes back with another one, ms. */
const credentialLifetime = 48 * 60 * 60 * 1_000;

export interface DevicePorts {
  deviceKeyOf(accountId: string): Promise<CryptoKeyPair>;
  /** Of a guest, for one stay. */
  guestKeyOf(participantId: string): Promise<CryptoKeyPair>;
}

/** By which device we are in the meeting: the same for the whole stay. A guest's is of no other stay. */
export class StayDevice {
  readonly #ports: DevicePorts;
  #kept: { readonly of: string; readonly pair: CryptoKeyPair } | null = null;

  constructor(ports: DevicePorts) {
    this.#ports = ports;
  }

  /** What a credential from now on says of us. */
  async joiner(introduction: Introduction): Promise<Joiner> {
    const { participantId, name, accountId } = introduction;
    const device = await this.#pair(introduction);
    const common = { participantId, name, notAfter: Date.now() + credentialLifetime, device };
    return accountId === null ? { kind: 'guest', ...common } : { kind: 'member', accountId, ...common };
  }

  /** @throws MlsError `refused` for guests, who let nobody in */
  async host(introduction: Introduction): Promise<SigningHost> {
    if (introduction.accountId === null) throw new MlsError('refused', 'a guest lets nobody in');
    return { participantId: introduction.participantId, device: await this.#pair(introduction) };
  }

  async #pair({ participantId, accountId }: Introduction): Promise<CryptoKeyPair> {
    const of = accountId ?? participantId;
    if (this.#kept?.of === of) return this.#kept.pair;
    const pair = await (accountId === null
      ? this.#ports.guestKeyOf(participantId)
      : this.#ports.deviceKeyOf(accountId));
    this.#kept = { of, pair };
    return pair;
  }
}
