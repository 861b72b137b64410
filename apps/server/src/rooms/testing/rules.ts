import { FIRST_POLICY, type MeetingRules, rulesOf } from '@conclave/protocol';

/** The rules of a meeting where nobody has decided anything. */
export const FIRST_RULES: MeetingRules = rulesOf(FIRST_POLICY, {});
/** The same where whoever knows the passcode comes straight in, with devices as they chose. */
export const OPEN_RULES: MeetingRules = {
  ...FIRST_RULES,
  straightIn: 'everybody',
  microphoneAtStart: 'chosen',
  cameraAtStart: 'chosen',
};
export const DIRECT_RULES: MeetingRules = { ...OPEN_RULES, directPath: 'allowed' };
