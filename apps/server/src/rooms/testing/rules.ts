import { FIRST_POLICY, type MeetingRules, rulesOf } from '@conclave/protocol';

/** The rules of a meeting where nobody has decided anything. */
export const FIRST_RULES: MeetingRules = rulesOf(FIRST_POLICY, {});
export const DIRECT_RULES: MeetingRules = { ...FIRST_RULES, directPath: 'allowed' };
