import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import {
  MEETING_SETTING_IDS,
  MEETING_SETTINGS,
  MeetingChoices,
  MeetingRules,
  type MeetingSettingId,
} from './meetingSettings.ts';
import { conflictIn, isMeetingSetting, Policy, SETTING_IDS } from './policy.ts';
import { FIRST_POLICY, OWN_SETTINGS, PRESETS } from './presets.ts';
import { mayChoose, rulesOf } from './resolve.ts';

const values: { readonly [Id in MeetingSettingId]: fc.Arbitrary<MeetingRules[Id]> } = {
  screenSharing: fc.constantFrom('everybody', 'members', 'hosts', 'off'),
  fileSharing: fc.constantFrom('everybody', 'members', 'hosts', 'off'),
  chat: fc.constantFrom('everybody', 'hosts', 'off'),
  form: fc.constantFrom('meeting', 'webinar'),
  privateChat: fc.constantFrom('allowed', 'off'),
  directPath: fc.constantFrom('allowed', 'off'),
  straightIn: fc.constantFrom('everybody', 'organisation', 'invited', 'nobody'),
  guests: fc.constantFrom('allowed', 'refused'),
  microphoneAtStart: fc.constantFrom('chosen', 'off'),
  cameraAtStart: fc.constantFrom('chosen', 'off'),
  participants: fc.integer({ min: 2, max: 300 }),
};
const choices = fc.record(values, { requiredKeys: [] });
const settings = fc.record(
  Object.fromEntries(
    MEETING_SETTING_IDS.map((id) => [
      id,
      fc.oneof(
        fc.record({
          mode: fc.constantFrom('enforced', 'default'),
          value: values[id] as fc.Arbitrary<unknown>,
        }),
        ...(MEETING_SETTINGS[id].off === null ? [] : [fc.constant({ mode: 'off' })]),
      ),
    ]),
  ),
);
const policies = settings.map((some) => Policy.parse({ ...FIRST_POLICY, ...some }));

test('whatever is decided and chosen, the rules of a meeting are complete and valid', () => {
  fc.assert(
    fc.property(policies, choices, (policy, chosen) => void MeetingRules.parse(rulesOf(policy, chosen))),
  );
});

test('what is enforced or off holds, whatever a meeting has chosen', () => {
  fc.assert(
    fc.property(policies, choices, (policy, chosen) => {
      const rules = rulesOf(policy, chosen);
      const without = rulesOf(policy, {});
      for (const id of MEETING_SETTING_IDS) {
        const setting = policy[id];
        if (setting.mode === 'default') continue;
        expect(mayChoose(policy, id)).toBe(false);
        expect(rules[id]).toBe(without[id]);
        expect(rules[id]).toBe(setting.mode === 'off' ? MEETING_SETTINGS[id].off : setting.value);
      }
    }),
  );
});

test('of a default a meeting has its own choice, and the value of the organisation until it has one', () => {
  fc.assert(
    fc.property(policies, choices, (policy, chosen) => {
      const rules = rulesOf(policy, chosen);
      for (const id of MEETING_SETTING_IDS) {
        const setting = policy[id];
        if (setting.mode === 'default') expect(rules[id]).toBe(chosen[id] ?? setting.value);
      }
    }),
  );
});

test('a choice that cannot count now counts again when the setting is a default again', () => {
  fc.assert(
    fc.property(policies, choices, (policy, chosen) => {
      for (const id of MEETING_SETTING_IDS) {
        if (chosen[id] === undefined) continue;
        const again = Policy.parse({ ...policy, [id]: { mode: 'default', value: chosen[id] } });
        expect(rulesOf(again, chosen)[id]).toBe(chosen[id]);
      }
    }),
  );
});

test('the presets and the first policy are valid, free of conflicts, and say something of every setting', () => {
  const own = Object.fromEntries(OWN_SETTINGS.map((id) => [id, FIRST_POLICY[id]]));
  for (const preset of Object.values(PRESETS)) {
    const policy = Policy.parse({ ...preset, ...own });
    expect(conflictIn(policy)).toBeNull();
  }
  expect(Policy.parse(FIRST_POLICY)).toEqual(FIRST_POLICY);
  expect(Object.keys(FIRST_POLICY).toSorted()).toEqual([...SETTING_IDS].toSorted());
});

test('only settings that can be off have that mode', () => {
  for (const id of MEETING_SETTING_IDS) {
    const off = Policy.safeParse({ ...FIRST_POLICY, [id]: { mode: 'off' } }).success;
    expect(off).toBe(MEETING_SETTINGS[id].off !== null);
    expect(isMeetingSetting(id)).toBe(true);
  }
  expect(isMeetingSetting('secondFactor')).toBe(false);
});

test('unknown settings and choices are refused', () => {
  expect(Policy.safeParse({ ...FIRST_POLICY, surprise: true }).success).toBe(false);
  expect(MeetingChoices.safeParse({ surprise: true }).success).toBe(false);
  expect(MeetingChoices.safeParse({ participants: 301 }).success).toBe(false);
});

test('a short password is for those who all have a second factor', () => {
  const short: Policy = { ...FIRST_POLICY, passwordLength: 8 };
  expect(conflictIn(short)).toBe('passwordLength');
  expect(conflictIn({ ...short, secondFactor: 'privileged' })).toBe('passwordLength');
  expect(conflictIn({ ...short, secondFactor: 'everybody' })).toBeNull();
});

test('a session is not idle for longer than it lives', () => {
  expect(conflictIn({ ...FIRST_POLICY, sessionIdleDays: 30, sessionAbsoluteDays: 7 })).toBe(
    'sessionIdleDays',
  );
});

test('what the operator says may have several lines and no invisible characters', () => {
  const { storageLocation } = Policy.parse({ ...FIRST_POLICY, storageLocation: ' Frankfurt,\r\nGermany ' });
  expect(storageLocation).toBe('Frankfurt,\nGermany');
  expect(z.safeParse(Policy, { ...FIRST_POLICY, mediaLocation: 'a\u202eb' }).success).toBe(false);
});
