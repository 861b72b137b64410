/** Every limit of size, number and time that both ends must know. Sizes in bytes or characters, times in ms. */
export const LIMITS = {
  /** One signalling message, UTF-8 bytes. The largest honest one is an offer: about 40 kB for 26 lines. */
  signalMessageBytes: 64 * 1024,
  /** The same in a webinar, from those on stage. */
  webinarCommitMessageBytes: 1_280 * 1024,
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
  /** Audience of one webinar, and those on its stage. */
  audience: 1_000,
  stage: 50,
  /** So long a place on stage waits for somebody who was lost: after that it may be another person at the same browser. */
  stageComebackMs: 15 * 60_000,
  /** Places for hosts beyond that: nobody keeps them from their own meeting by filling it. */
  hostPlaces: 10,
  /** People who wait to be let into one meeting. */
  lobby: 300,
  /** So long somebody waits at most. */
  lobbyMs: 4 * 60 * 60_000,
  /** Whom one message lets in. */
  admittedAtOnce: 50,
  /** Bytes of what a host signs to let somebody in. */
  admissionBytes: 1024,
  /** Bytes of what says who an unnamed leaf is: a credential, whose name has at most 256, and a signature. */
  introductionBytes: 512,
  /** People who are shown large to everybody. */
  spotlight: 4,
  /** Breakout rooms of one meeting. */
  breakoutRoomsMin: 2,
  breakoutRooms: 50,
  breakoutMinutes: 24 * 60,
  /** From `breakout-ticket` to `join-breakout`. */
  breakoutTicketMs: 15_000,
  /** Everybody is told so long before they are brought back, unless it is to be at once. */
  breakoutNoticeMs: 30_000,
  /** People who are kept out of one meeting. */
  bans: 500,
  /** Meetings one account may keep. */
  meetingsPerAccount: 1_000,
  /** Invitations of one meeting, and how many are made at once. */
  invitations: 500,
  invitedAtOnce: 100,
  /** Co-hosts who are kept with one meeting. */
  cohosts: 50,
  /** How long a ring rings, ms; then it is a missed call. */
  ringMs: 45_000,
  /** From answering to the secret of the meeting, ms. Meanwhile a browser stretches the passcode, and a person may be asked. */
  callSecretMs: 45_000,
  /** Rings that one person hears at once. */
  ringsAtOnce: 3,
  /** What is sealed for whoever has answered, bytes. */
  callSecretBytes: 1024,
  /** The channel of an account says something at least this often, ms. */
  callPingMs: 25_000,
  /** A test call ends by itself after this, ms. */
  testCallMs: 60_000,
  contacts: 500,
  blockedCallers: 500,
  /** The latest missed calls, as many as are shown. */
  missedCalls: 100,
  /** People that one search of the directory finds, and characters that it needs. */
  directoryFound: 20,
  directoryLetters: 2,
  /** Minutes that a meeting in the calendar takes at most. */
  meetingMinutes: 24 * 60,
  /** Times that a meeting in the calendar is repeated, where a number of them is given. */
  repetitions: 500,
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
  /** The same in a webinar: of more than a thousand leaves most have never committed, so each is a recipient of its own. */
  webinarCommitBytes: 160 * 1024,
  webinarWelcomeBytes: 768 * 1024,
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
  /** The leaves of an audience that goes by itself are removed together, so long after the first. */
  audienceGoneMs: 10_000,
  /** What somebody of the audience says to everybody: characters of a reaction's ciphertext. */
  audienceMessageChars: 600,
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
