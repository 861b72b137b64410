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
      straightIn: { mode: 'enforced', value: 'invited' },
    },
  ],
])('%s is met when it is set', (id, change) => {
  expect(stateOf(strict, id)).toBe('not-met');
  expect(stateOf({ ...strict, ...change }, id)).toBe('met');
});

test.each<[PosturePointId, Partial<Policy>]>([
  [
    'ncsc.unauthenticated',
    {
      guests: { mode: 'default', value: 'allowed' },
      straightIn: { mode: 'default', value: 'everybody' },
    },
  ],
  [
    'bsi.admission',
    {
      guests: { mode: 'default', value: 'allowed' },
      straightIn: { mode: 'default', value: 'everybody' },
    },
  ],
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
  expect(stateOf(strict, 'bsi.recording')).toBe('not-offered');
  expect(stateOf(strict, 'bsi.transport', { overTls: false })).toBe('not-met');
});

test.each<PosturePointId>([
  'ncsc.unauthenticated',
  'ncsc.lobby',
  'ncsc.passcode',
  'ncsc.encryption',
  'bsi.end-to-end',
  'bsi.admission',
  'bsi.waiting-room',
  'bsi.devices-off',
  'bsi.addresses',
])('a meeting that is made with nothing chosen, where nothing was decided, meets %s', (id) => {
  expect(stateOf(FIRST_POLICY, id)).toBe('met');
});

test('guests who come straight in are what both lists warn of; guests who wait are not', () => {
  const guests = { guests: { mode: 'default', value: 'allowed' } } as const;
  for (const value of ['organisation', 'invited', 'nobody'] as const) {
    const policy: Policy = { ...strict, ...guests, straightIn: { mode: 'default', value } };
    expect(stateOf(policy, 'ncsc.lobby')).toBe('met');
    expect(stateOf(policy, 'bsi.admission')).toBe('met');
  }
  const open: Policy = { ...strict, ...guests, straightIn: { mode: 'enforced', value: 'everybody' } };
  expect(stateOf(open, 'ncsc.lobby')).toBe('not-met');
  expect(stateOf(open, 'bsi.admission')).toBe('not-met');
});
