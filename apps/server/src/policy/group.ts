type Quota = { readonly burst: number; readonly perSecond: number };
export type Quotas = Readonly<
  Record<'messages' | 'messageChars' | 'commits' | 'commitChars' | 'welcomeChars', Quota>
>;

/**
 * What one participant may send to the group of a meeting: at once, and for a second after that. It is told to all
 * others, so it is far less than a socket may send. Sizes in characters of base64url.
 *
 * What reaches one member at once, messages, commits and one Welcome, is less than half of `socketBufferBytes`: nobody
 * alone gets others let go.
 */
export const GROUP_QUOTAS = {
  messages: { burst: 40, perSecond: 10 },
  messageChars: { burst: 512 * 1024, perSecond: 64 * 1024 },
  /** 300 who come within seconds are about ten commits of one member, and some of them are lost to another's. */
  commits: { burst: 20, perSecond: 0.5 },
  /** Five that add 50 each; all others are smaller. */
  commitChars: { burst: 640 * 1024, perSecond: 128 * 1024 },
  /** Ten, while the tree in them grows to 300: the last ones have about 230,000 each. They go to those who are added. */
  welcomeChars: { burst: 2 * 1024 * 1024, perSecond: 256 * 1024 },
} as const satisfies Quotas;

/**
 * The same in a webinar. Those on stage let in a thousand, by Welcomes of up to a million characters; what they say goes to all
 * of them. One Welcome and one commit of the largest kind are still less than half of `socketBufferBytes`.
 */
export const WEBINAR_QUOTAS = {
  ...GROUP_QUOTAS,
  messageChars: { burst: 128 * 1024, perSecond: 16 * 1024 },
  commits: { burst: 40, perSecond: 0.5 },
  commitChars: { burst: 3 * 1024 * 1024, perSecond: 128 * 1024 },
  welcomeChars: { burst: 12 * 1024 * 1024, perSecond: 1024 * 1024 },
} as const satisfies Quotas;
/** A message of somebody in the audience takes the place of so many: five at once, and a little more than one a second. */
export const audienceMessageCost = 8;

/**
 * A client that does not take what it is told is let go before it fills our memory, bytes. What the group says is written
 * once and shared by all sockets, so that this much is not needed for each of them.
 */
export const socketBufferBytes = 4 * 1024 * 1024;
