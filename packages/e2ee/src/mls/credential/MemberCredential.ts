/** What every leaf says of whose it is. */
interface Common {
  /** 16 characters of base64url: 96 random bits, chosen by the client for one stay in one meeting. */
  readonly participantId: string;
  /** Ed25519, raw, 32 bytes. Stable over meetings for a signed-in browser, of one stay for a guest and for whoever is unnamed. */
  readonly deviceKey: Uint8Array<ArrayBuffer>;
  /** Unix time in ms. From then on the credential is refused. */
  readonly notAfter: number;
}

/** Guests and account holders differ in the account only. */
interface Named extends Common {
  /** 1 to 64 UTF-16 units, NFC, trimmed, nothing that reorders or hides text. Self-declared. */
  readonly name: string;
}

export interface GuestFields extends Named {
  readonly kind: 'guest';
}

export interface MemberFields extends Named {
  readonly kind: 'member';
  /** A UUID in lower case. Claimed by the device; that the account has this device is the device log's to say. */
  readonly accountId: string;
}

/** Somebody of a webinar's audience, whom nobody knows by their leaf: an `Introduction` says who they are. */
export interface UnnamedFields extends Common {
  readonly kind: 'unnamed';
}

export type NamedFields = GuestFields | MemberFields;
export type CredentialFields = NamedFields | UnnamedFields;

/**
 * The identity of an MLS basic credential (RFC 9420 section 5.3), in TLS presentation language:
 *
 * ```text
 * enum { guest(1), member(2), unnamed(3), (255) } Kind;
 *
 * struct {
 *   Kind kind;
 *   opaque participant_id[12];
 *   select (kind) {
 *     case guest:   opaque name<1..256>;       // length in two bytes, UTF-8
 *     case member:  opaque name<1..256>;
 *                   opaque account_id[16];
 *     case unnamed: struct {};
 *   };
 *   opaque device_key[32];
 * } MemberIdentity;
 *
 * struct {
 *   uint16 version = 1;
 *   MemberIdentity who;
 *   uint64 not_after;                          // ms
 * } CredentialFields;
 *
 * struct {
 *   CredentialFields fields;
 *   opaque signature[64];       // Ed25519 by device_key over CredentialBinding, label "Conclave credential v1"
 *   opaque admission_tag[32];   // HMAC-SHA-256 over CredentialBinding, label "Conclave admission v1"
 * } MemberCredential;
 *
 * struct {
 *   opaque label<1..64>;
 *   opaque meeting_id<1..64>;
 *   opaque leaf_signature_key<1..64>;
 *   CredentialFields fields;
 * } CredentialBinding;
 * ```
 *
 * The signature binds the leaf's short-lived key to the device. The tag shows that whoever made the leaf knows
 * the meeting's secret, so a leaf that the server makes up is refused by every member. Both bind the meeting
 * and the leaf's key: neither can be taken to another meeting or to another leaf.
 */
export type MemberCredential = CredentialFields & {
  readonly signature: Uint8Array<ArrayBuffer>;
  readonly admissionTag: Uint8Array<ArrayBuffer>;
};
