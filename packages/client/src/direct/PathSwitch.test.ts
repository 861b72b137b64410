import { NO_SOURCES, type SourceSet } from '@conclave/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFlowing, toMoveTo } from './flow.ts';
import { keepMs, lingerMs, type Outcome, PathSwitch, silenceMs } from './PathSwitch.ts';

const camera: SourceSet = { ...NO_SOURCES, camera: true };
const flowing = { microphone: 50, camera: 50, screen: 5 };

function shown(now = 0): PathSwitch {
  const paths = new PathSwitch();
  expect(paths.look({ now, connected: true, on: camera, counts: flowing })).toBe('flowing');
  return paths;
}

test('S1 nothing is shown before it is connected and has come', () => {
  const paths = new PathSwitch();
  expect(paths.look({ now: 0, connected: false, on: camera, counts: flowing })).toBeNull();
  expect(paths.look({ now: 1, connected: true, on: camera, counts: { microphone: 9 } })).toBeNull();
  expect(paths.shown).toBe(false);
  expect(shown().shown).toBe(true);
});

test('S2 the direct picture stays until the server’s frames come, counted from when they are first looked at', () => {
  const paths = shown();
  paths.return(1_000, 'unwanted');
  const look = (now: number, count?: number) =>
    paths.look({ now, connected: true, on: camera, counts: count === undefined ? {} : { camera: count } });
  look(1_050);
  look(1_100, 700);
  expect(paths.shown).toBe(true);
  look(1_150, 702);
  expect(paths.shown).toBe(false);
});

test('S2 it is not kept for a server whose pictures do not come', () => {
  const paths = shown();
  paths.return(1_000, 'unwanted');
  paths.look({ now: 1_000 + keepMs.unwanted - 1, connected: true, on: camera, counts: {} });
  expect(paths.shown).toBe(true);
  paths.look({ now: 1_000 + keepMs.unwanted, connected: true, on: camera, counts: {} });
  expect(paths.shown).toBe(false);
});

test('a path over which nothing comes any more has failed, unless nothing is on', () => {
  const paths = shown();
  const look = (now: number, on: SourceSet) => paths.look({ now, connected: true, on, counts: flowing });
  expect(look(silenceMs, NO_SOURCES)).toBeNull();
  expect(look(2 * silenceMs, camera)).toBeNull();
  expect(look(2 * silenceMs + 1, camera)).toBe('failed');
  expect(look(4 * silenceMs, camera)).toBeNull();
});

const anyStep = fc.record({
  after: fc.integer({ min: 1, max: 400 }),
  kind: fc.constantFrom(
    'look' as const,
    'look' as const,
    'look' as const,
    'fail' as const,
    'return' as const,
  ),
  connected: fc.boolean(),
  on: fc.record({
    microphone: fc.boolean(),
    camera: fc.boolean(),
    screen: fc.boolean(),
    screenAudio: fc.boolean(),
  }),
  counts: fc.record({ microphone: fc.nat(100), camera: fc.nat(100), screen: fc.nat(5) }),
});

test('S1, S2, S3 hold whatever happens', () => {
  fc.assert(
    fc.property(
      fc.array(anyStep, { maxLength: 60 }),
      fc.constantFrom('joining' as const, 'unwanted' as const),
      (steps, why) => {
        const paths = new PathSwitch();
        const outcomes: Outcome[] = [];
        let now = 0;
        let returnedAt: number | null = null;
        for (const { after, kind, ...glance } of steps) {
          now += after;
          const before = paths.shown;
          let outcome: Outcome | null = null;
          if (kind === 'return') {
            paths.return(now, why);
            returnedAt ??= now;
          } else outcome = kind === 'fail' ? paths.fail() : paths.look({ now, ...glance });
          if (outcome !== null) outcomes.push(outcome);
          if (!before && paths.shown) {
            expect(returnedAt).toBeNull();
            expect(glance.connected && isFlowing(glance.on, {}, glance.counts, toMoveTo)).toBe(true);
          }
          if (before && !paths.shown) expect(returnedAt).not.toBeNull();
          if (returnedAt !== null && kind === 'look' && now - returnedAt >= keepMs[why])
            expect(paths.shown).toBe(false);
          if (outcome === 'over')
            expect(now - (returnedAt ?? now)).toBeGreaterThanOrEqual(keepMs[why] + lingerMs);
        }
        for (const once of ['flowing', 'failed'] as const)
          expect(outcomes.filter((outcome) => outcome === once).length).toBeLessThanOrEqual(1);
      },
    ),
  );
});
