import {
  MEETING_SETTINGS,
  type MeetingChoices,
  type MeetingRules,
  type MeetingSettingId,
} from './meetingSettings.ts';
import type { Policy } from './policy.ts';

/**
 * What holds in a meeting that has made these choices. A choice counts only where the organisation's setting is a default;
 * it is kept meanwhile, and counts again when the setting is a default again.
 */
export function rulesOf(policy: Policy, choices: MeetingChoices): MeetingRules {
  return {
    form: resolve(policy, choices, 'form'),
    screenSharing: resolve(policy, choices, 'screenSharing'),
    fileSharing: resolve(policy, choices, 'fileSharing'),
    chat: resolve(policy, choices, 'chat'),
    privateChat: resolve(policy, choices, 'privateChat'),
    directPath: resolve(policy, choices, 'directPath'),
    straightIn: resolve(policy, choices, 'straightIn'),
    guests: resolve(policy, choices, 'guests'),
    microphoneAtStart: resolve(policy, choices, 'microphoneAtStart'),
    cameraAtStart: resolve(policy, choices, 'cameraAtStart'),
    participants: resolve(policy, choices, 'participants'),
  };
}

/** Whether a meeting may have a value of its own. */
export function mayChoose(policy: Policy, id: MeetingSettingId): boolean {
  return policy[id].mode === 'default';
}

function resolve<Id extends MeetingSettingId>(
  policy: Policy,
  choices: MeetingChoices,
  id: Id,
): MeetingRules[Id] {
  const setting = policy[id];
  if (setting.mode === 'off') return MEETING_SETTINGS[id].off as MeetingRules[Id];
  if (setting.mode === 'enforced') return setting.value as MeetingRules[Id];
  return (choices[id] ?? setting.value) as MeetingRules[Id];
}
