import { expect, test } from 'vitest';
import { configFrom } from './config.ts';
import type { RawSettings } from './schema.ts';

test.each<[RawSettings, object]>([
  [{}, {}],
  [{ meetings: { guestsMayShareScreen: true } }, { screenSharing: { mode: 'enforced', value: 'everybody' } }],
  [{ meetings: { guestsMayShareScreen: false } }, { screenSharing: { mode: 'enforced', value: 'members' } }],
  [{ meetings: { directPath: 'allowed' } }, { directPath: { mode: 'enforced', value: 'allowed' } }],
  [{ meetings: { directPath: 'off' } }, { directPath: { mode: 'enforced', value: 'off' } }],
  [{ meetings: { straightIn: 'nobody' } }, { straightIn: { mode: 'enforced', value: 'nobody' } }],
  [{ meetings: { cameraAtStart: 'off' } }, { cameraAtStart: { mode: 'enforced', value: 'off' } }],
  [{ files: { guestsMaySend: false } }, { fileSharing: { mode: 'enforced', value: 'members' } }],
  [{ files: { largestMegabytes: 0, guestsMaySend: true } }, { fileSharing: { mode: 'off' } }],
  [{ files: { largestMegabytes: 10 } }, {}],
])('%j in the file decides %j', (settings, pins) => {
  expect(configFrom(settings, '/tmp').policyPins).toEqual(pins);
});
