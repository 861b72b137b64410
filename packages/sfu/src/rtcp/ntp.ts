/** Seconds from the NTP epoch (1900) to the Unix epoch. */
const EPOCH_OFFSET = 2_208_988_800;
const TWO_32 = 0x1_0000_0000;

/** A 64-bit NTP time as two unsigned 32-bit halves (RFC 3550, section 4). */
export interface NtpTime {
  readonly seconds: number;
  readonly fraction: number;
}

export function toNtp(unixMilliseconds: number): NtpTime {
  const seconds = Math.floor(unixMilliseconds / 1000);
  const fraction = Math.floor(((unixMilliseconds - seconds * 1000) / 1000) * TWO_32);
  return { seconds: (seconds + EPOCH_OFFSET) % TWO_32, fraction };
}

/** Milliseconds since the NTP epoch. Senders may count from any epoch they like, so this is only good for differences. */
export function ntpMilliseconds({ seconds, fraction }: NtpTime): number {
  return seconds * 1000 + (fraction * 1000) / TWO_32;
}

/** The middle 32 bits, as `LSR` has them: 16.16 seconds. */
export function middleNtp({ seconds, fraction }: NtpTime): number {
  return (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0;
}
