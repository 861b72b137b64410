/** Sizes in bytes of the binary form, times in ms. What is larger is refused before it is parsed. */
export const MLS_LIMITS = {
  keyPackageBytes: 3 * 1024,
  /** One with a path in the tree of a webinar has a ciphertext for nearly every leaf. */
  commitBytes: 160 * 1024,
  /** The ratchet tree of 300 members is about 170 kB, that of a webinar's 1,000 twice that, and twice again
   * with names of the greatest length. */
  welcomeBytes: 768 * 1024,
  /** One application message on the wire, and what may be in it. */
  messageBytes: 48 * 1024,
  applicationBytes: 40 * 1024,
  /** Leaves of the tree, blank ones too: a tree that claims more is not even extended. */
  leaves: 2048,
  addsPerCommit: 50,
  removesPerCommit: 300,
  /** UTF-16 units, as the service's own rule for names counts. */
  nameLength: 64,
  meetingIdBytes: 64,
  groupIdBytes: 64,
  /** A credential may be valid for so long from now at most, whatever it says. */
  credentialLifetimeMs: 72 * 60 * 60 * 1000,
  /** Epochs whose application messages can still be read, when nothing told the group to forget them. */
  pastEpochs: 8,
  /** Messages of one sender in one epoch that may be missing before one that is read. */
  ratchetSteps: 256,
  exporterBytes: 1024,
} as const;
