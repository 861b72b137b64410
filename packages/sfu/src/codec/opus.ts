/** Opus over RTP always runs its timestamps at 48 kHz (RFC 7587, section 4.1). */
export const OPUS_CLOCK_RATE = 48_000;

/** Ticks of the usual 20 ms frame: what a switch of talkers moves the timestamp on by at least. */
export const OPUS_FRAME_TICKS = 960;

/** Video timestamps run at 90 kHz for every codec we carry. */
export const VIDEO_CLOCK_RATE = 90_000;
