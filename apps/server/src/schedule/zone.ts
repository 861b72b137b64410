/** A wall clock's reading as ms since 1970-01-01T00:00 on that clock, without any zone. */
export type LocalMs = number;

const dayMs = 24 * 60 * 60_000;

/** @param local `2026-11-30T09:00` */
export function localMs(local: string): LocalMs {
  return Date.parse(`${local}:00Z`);
}

/** A time zone of the IANA database, as this engine knows it. */
export class Zone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;

  constructor(name: string) {
    this.name = name;
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  /** What a clock there shows. @param instant ms since the epoch */
  toLocal(instant: number): LocalMs {
    const part: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
    for (const { type, value } of this.#format.formatToParts(instant)) part[type] = value;
    const of = (type: Intl.DateTimeFormatPartTypes) => Number(part[type]);
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  }

  /** How far its clocks are ahead of UTC, ms. */
  offsetAt(instant: number): number {
    const second = Math.floor(instant / 1000) * 1000;
    return this.toLocal(second) - second;
  }

  /**
   * When a clock there shows this. Of two instants the first; a time that is left out when clocks go forward is read with the
   * offset from before (RFC 5545 section 3.3.5). @returns ms since the epoch
   */
  toInstant(local: LocalMs): number {
    const before = this.offsetAt(local - dayMs);
    if (this.offsetAt(local - before) === before) return local - before;
    const after = this.offsetAt(local + dayMs);
    return this.offsetAt(local - after) === after ? local - after : local - before;
  }
}
