import type { Zone } from '../schedule/zone.ts';
import { dateTime, text } from './lines.ts';

const dayMs = 24 * 60 * 60_000;
/** No two changes of a zone are closer to each other, as far as anybody has decreed. */
const stepMs = 3 * dayMs;

interface Change {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/**
 * A VTIMEZONE (RFC 5545 section 3.6.5) that says what the zone does between two instants: each change of its clocks as it is
 * known here, so that a calendar which does not know the zone by its name is right all the same.
 */
export function timeZone(zone: Zone, from: number, to: number): string[] {
  const changes = changesOf(zone, from, to);
  const first = zone.offsetAt(from);
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${text(zone.name)}`,
    ...observance('STANDARD', [{ at: 0, from: first, to: first }]),
    ...grouped(changes).flatMap((group) => observance(kindOf(group[0]), group)),
    'END:VTIMEZONE',
  ];
}

function changesOf(zone: Zone, from: number, to: number): Change[] {
  const found: Change[] = [];
  let offset = zone.offsetAt(from);
  for (let at = from; at < to; at += stepMs) {
    const next = zone.offsetAt(at + stepMs);
    if (next === offset) continue;
    found.push({ at: findChange(zone, at, at + stepMs), from: offset, to: next });
    offset = next;
  }
  return found;
}

/** The first second of what `end` has, by halving. */
function findChange(zone: Zone, start: number, end: number): number {
  const after = zone.offsetAt(end);
  let [low, high] = [Math.floor(start / 1000), Math.ceil(end / 1000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offsetAt(middle * 1000) === after) high = middle;
    else low = middle;
  }
  return high * 1000;
}

/** Those of one kind are one observance with several dates. */
function grouped(changes: readonly Change[]): Change[][] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.from} ${change.to}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()];
}

function kindOf(change: Change | undefined): 'STANDARD' | 'DAYLIGHT' {
  return change !== undefined && change.to > change.from ? 'DAYLIGHT' : 'STANDARD';
}

/** When it begins is told in the clock's reading of before. */
function observance(kind: 'STANDARD' | 'DAYLIGHT', changes: readonly Change[]): string[] {
  const [first, ...others] = changes;
  if (first === undefined) return [];
  const reading = ({ at, from }: Change) => dateTime(at + from, 'local');
  return [
    `BEGIN:${kind}`,
    `DTSTART:${first.at === 0 ? '19700101T000000' : reading(first)}`,
    ...(others.length > 0 ? [`RDATE:${others.map(reading).join(',')}`] : []),
    `TZOFFSETFROM:${offset(first.from)}`,
    `TZOFFSETTO:${offset(first.to)}`,
    `END:${kind}`,
  ];
}

/** `+0100` (section 3.3.14). */
function offset(ms: number): string {
  const minutes = Math.abs(Math.round(ms / 60_000));
  const digits = (value: number) => String(value).padStart(2, '0');
  return `${ms < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60))}${digits(minutes % 60)}`;
}
