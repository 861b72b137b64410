/** Every limit of size, number and time that both ends must know. Sizes in bytes or characters, times in ms. */
export const LIMITS = {
  /** One signalling message, UTF-8 bytes. The largest honest one is an offer: about 20 kB for 28 lines. */
  signalMessageBytes: 64 * 1024,
  /** Nesting of arrays and objects in any JSON that we read. */
  jsonDepth: 8,
  /** Signalling messages a socket may send: sustained per second, and at once. */
  signalRatePerSecond: 30,
  signalBurst: 120,
  /** From opening the socket to a successful join or resume. */
  joinTimeoutMs: 15_000,
  /** A client sends `ping` this often; a socket silent for `silenceMs` is dead. */
  pingIntervalMs: 5_000,
  silenceMs: 12_000,
  /** How long a participant whose socket is lost keeps the place in the meeting. */
  resumeGraceMs: 30_000,
  /** The same when the page itself was closed or reloaded (close code 1001). */
  reloadGraceMs: 8_000,
  /** One REST body, bytes. */
  restBodyBytes: 64 * 1024,
  participantName: 64,
  meetingTitle: 120,
  email: 254,
  passwordMin: 15,
  passwordMax: 128,
  /** Participants in one meeting. */
  participants: 300,
  /** Meetings one account may keep. */
  meetingsPerAccount: 1_000,
  sdpBytes: 48 * 1024,
  /** Receive slots that one client may ask for. */
  audioSlots: 4,
  videoSlots: 16,
  pinned: 4,
} as const;
