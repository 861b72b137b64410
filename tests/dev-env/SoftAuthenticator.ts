import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type {
  PasskeyAssertion,
  PasskeyAttestation,
  PasskeyCreation,
  PasskeyRequest,
} from '@conclave/protocol';

/** What a dishonest browser or authenticator says in place of the truth. */
export interface Lies {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly userVerified?: boolean;
  readonly userPresent?: boolean;
  readonly counter?: number;
  readonly userHandle?: string | null;
  /** Signs with another key. */
  readonly forged?: boolean;
}

interface Credential {
  readonly id: string;
  readonly key: KeyObject;
  readonly userHandle: string;
}

const userPresent = 0x01;
const userVerified = 0x04;
const attested = 0x40;

/** A browser and its authenticator (Web Authentication Level 3, section 6), with ES256, in this process. */
export class SoftAuthenticator {
  readonly #origin: string;
  readonly credentials: Credential[] = [];
  counter = 0;
  /** Some authenticators do not count. */
  counts = true;

  constructor(origin: string) {
    this.#origin = origin;
  }

  create(options: PasskeyCreation, lies: Lies = {}): PasskeyAttestation {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const id = randomBytes(16);
    this.credentials.push({
      id: id.toString('base64url'),
      key: privateKey,
      userHandle: options.user.id,
    });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    // COSE_Key (RFC 9052 section 7): kty EC2, alg ES256, crv P-256, x, y.
    const cose = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const data = this.#data(lies.rpId ?? options.rp.id, lies, attested, [Buffer.alloc(16), length, id, cose]);
    const size = Buffer.alloc(2);
    size.writeUInt16BE(data.length);
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3, 0x63]),
      Buffer.from('fmt'),
      Buffer.from([0x64]),
      Buffer.from('none'),
      Buffer.from([0x67]),
      Buffer.from('attStmt'),
      Buffer.from([0xa0, 0x68]),
      Buffer.from('authData'),
      Buffer.from([0x59]),
      size,
      data,
    ]);
    return {
      id: id.toString('base64url'),
      rawId: id.toString('base64url'),
      type: 'public-key',
      response: {
        clientDataJSON: this.#clientData('webauthn.create', options.challenge, lies).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  /** @throws Error when it has none of the passkeys that are asked for */
  get(options: PasskeyRequest, lies: Lies = {}): PasskeyAssertion {
    const allowed = options.allowCredentials.map(({ id }) => id);
    const credential = this.credentials.find(({ id }) => allowed.length === 0 || allowed.includes(id));
    if (credential === undefined) throw new Error('this authenticator has none of those passkeys');
    if (this.counts) this.counter += 1;
    const data = this.#data(lies.rpId ?? options.rpId, lies, 0, []);
    const clientData = this.#clientData('webauthn.get', options.challenge, lies);
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
    const key =
      lies.forged === true ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : credential.key;
    return {
      id: credential.id,
      rawId: credential.id,
      type: 'public-key',
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, key).toString('base64url'),
        userHandle: lies.userHandle === undefined ? credential.userHandle : lies.userHandle,
      },
    };
  }

  #data(rpId: string, lies: Lies, flags: number, rest: readonly Buffer[]): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(lies.counter ?? this.counter);
    const said =
      flags |
      (lies.userPresent === false ? 0 : userPresent) |
      (lies.userVerified === false ? 0 : userVerified);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([said]), counter, ...rest]);
  }

  #clientData(type: string, challenge: string, lies: Lies): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? this.#origin,
        crossOrigin: lies.crossOrigin ?? false,
      }),
    );
  }
}
