import { FIRST_POLICY, POSTURE_POINTS, type Policy, type PosturePointId, PRESETS } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { assessPosture } from './posture.ts';

const facts = { overTls: true };
const strict: Policy = {
  ...FIRST_POLICY,
  ...PRESETS.strict,
  newAccountRole: 'member',
  storageLocation: 'Frankfurt',
  mediaLocation: 'Frankfurt',
  dataContact: 'privacy@example.org',
};

function stateOf(policy: Policy, id: PosturePointId, given = facts) {
  return assessPosture(policy, given).find((point) => point.id === id)?.state;
}

test('every point of both lists is judged, in order', () => {
  expect(assessPosture(FIRST_POLICY, facts).map(({ id }) => id)).toEqual(Object.keys(POSTURE_POINTS));
});

test('what a preset called strict leaves unmet is for the organisation alone to decide', () => {
  const unmet = assessPosture(strict, facts).filter(({ state }) => state === 'not-met');
  // Single sign-on needs a provider; members may still open a meeting of theirs to guests.
  expect(unmet.map(({ id }) => id)).toEqual(['ncsc.sign-on', 'ncsc.enforced']);
});

test('whatever is not met and can be set here names the setting', () => {
  for (const { state, settings } of assessPosture({ ...FIRST_POLICY, ...PRESETS.open }, facts))
    if (state === 'not-met') expect(settings).not.toEqual([]);
});

test.each<[PosturePointId, Partial<Policy>]>([
  ['ncsc.sign-on', { signOn: 'sso-only' }],
  [
    'ncsc.enforced',
    {
      screenSharing: { mode: 'enforced', value: 'members' },
      fileSharing: { mode: 'off' },
      guests: { mode: 'off' },
    },
  ],
])('%s is met when it is set', (id, change) => {
  expect(stateOf(strict, id)).toBe('not-met');
  expect(stateOf({ ...strict, ...change }, id)).toBe('met');
});

test.each<[PosturePointId, Partial<Policy>]>([
  ['ncsc.unauthenticated', { guests: { mode: 'default', value: 'allowed' } }],
  ['bsi.devices-off', { cameraAtStart: { mode: 'enforced', value: 'chosen' } }],
  ['bsi.addresses', { directPath: { mode: 'default', value: 'off' } }],
  ['bsi.authentication', { factors: ['totp', 'sms'] }],
  ['bsi.location', { mediaLocation: '' }],
  ['ncsc.retention', { keepUnusedMeetingsDays: null }],
])('%s is met no more when it is not', (id, change) => {
  expect(stateOf(strict, id)).toBe('met');
  expect(stateOf({ ...strict, ...change }, id)).toBe('not-met');
});

test('what is not there is said to be not there, and plain http is no transport', () => {
  expect(stateOf(strict, 'ncsc.lobby')).toBe('not-offered');
  expect(stateOf(strict, 'bsi.recording')).toBe('not-offered');
  expect(stateOf(strict, 'bsi.transport', { overTls: false })).toBe('not-met');
});
