/** Every limit of size, number and time that both ends must know. Sizes in bytes or characters, times in ms. */
export const LIMITS = {
  /** One signalling message, UTF-8 bytes. The largest honest one is an offer: about 40 kB for 26 lines. */
  signalMessageBytes: 64 * 1024,
  /** The same for the one message that may be larger, and from members of the group alone: `group-commit`. */
  signalCommitBytes: 660 * 1024,
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
  /** Where a second factor is asked for besides (NIST SP 800-63B-4, section 3.1.1.2). */
  passwordMinWithFactor: 8,
  passwordMax: 128,
  /** What is sensitive asks again who one is, unless that was shown so recently. */
  stepUpMs: 10 * 60_000,
  /** Roles that an organisation makes. */
  roles: 100,
  /** Keys of browsers in the log of one account. */
  deviceKeys: 200,
  /** People on one page of the list. */
  peoplePage: 50,
  /** Participants in one meeting. */
  participants: 300,
  /** Meetings one account may keep. */
  meetingsPerAccount: 1_000,
  sdpBytes: 48 * 1024,
  /** Receive slots that one client may ask for. */
  audioSlots: 4,
  videoSlots: 16,
  pinned: 4,
  /** One description of a direct path: about 6 kB for its four lines. */
  directSdpBytes: 16 * 1024,
  directCandidateBytes: 512,
  /** Candidates that one participant may send for one offer of a direct path. */
  directCandidates: 32,
  /** What the group sends, before base64url. A KeyPackage of the hybrid suite is 2.5 kB. */
  groupKeyPackageBytes: 4 * 1024,
  /** One that adds 50, or that removes one of 300. */
  groupCommitBytes: 96 * 1024,
  /** With the ratchet tree of 300 members. */
  groupWelcomeBytes: 384 * 1024,
  groupMessageBytes: 45 * 1024,
  /** Those who wait that `group-pending` names at once, and that one commit adds. */
  groupPendingListed: 50,
  /** Characters of KeyPackages in one `group-pending`. */
  groupPendingChars: 64 * 1024,
  /** `group-pending` is said at most this often, unless somebody goes. */
  groupPendingBatchMs: 200,
  /** Commits that are kept for whoever resumes, by number and by characters. */
  groupMissedCommits: 100,
  groupMissedChars: 384 * 1024,
  /** When no member of a group is connected for this long and somebody waits, another group is founded. */
  groupDesertedMs: 5_000,
  /** The same when members are connected and nobody lets in the one who has waited longest. */
  groupStalledMs: 10_000,
  /** Of a file's ciphertext, what is sent and fetched at once: four chunks of 64 kB, each with its tag. */
  filePartBytes: 4 * (64 * 1024 + 16),
  /** How long access to the files of a meeting is good. */
  fileAccessMs: 10 * 60_000,
  /** A file that is not whole and of which nothing comes for this long is taken away. */
  fileIdleMs: 5 * 60_000,
} as const;
