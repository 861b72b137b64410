import { randomBytes } from 'node:crypto';
import {
  type MeetingCheck,
  type MeetingId,
  type MeetingRules,
  type MeetingSettingId,
  type MeetingWarning,
  mayChoose,
  type ParticipantRole,
  rulesOf,
  type Stranger,
  type StrangerCase,
} from '@conclave/protocol';
import { type Candidate, wayIn } from '../../policy/entry.ts';
import { isOpenTo } from '../../policy/openTo.ts';
import { isWebinar } from '../../policy/webinar.ts';
import { provesPasscode } from '../../security/passcode.ts';
import { countGoodInvitations } from '../../storage/repositories/invitations.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { MeetingsPorts } from './ports.ts';
import { readChoices } from './readChoices.ts';
import { seenMeeting } from './seenMeeting.ts';

/**
 * What those get who are not the host, by the same rules that decide when they join. @throws ConclaveError meeting.not_found
 */
export async function checkMeeting(
  ports: MeetingsPorts,
  caller: Caller,
  id: MeetingId,
): Promise<MeetingCheck> {
  const { row } = await seenMeeting(ports, caller, id);
  const policy = ports.policy.current();
  const rules = rulesOf(policy, readChoices(row.choices));
  const invited = (await countGoodInvitations(ports.db, [id])).get(id) ?? 0;
  // Whoever does not know the passcode can do no better than this.
  const knowsPasscode = provesPasscode(randomBytes(32), row.verifier);
  return {
    cases: [
      knowsPasscode ? caseOf('link', { role: 'guest', isInvited: false }, rules) : withoutPasscode,
      caseOf('passcode', { role: 'guest', isInvited: false }, rules),
      caseOf('account', { role: 'member', isInvited: false }, rules),
      caseOf('invitation', { role: 'guest', isInvited: true }, rules),
    ],
    warnings: warningsOf(rules, invited).map(([warning, setting]) => ({
      warning,
      setting,
      changeable: mayChoose(policy, setting),
    })),
  };
}

const withoutPasscode: StrangerCase = { who: 'link', way: 'passcode-needed', inside: null };

function caseOf(who: Stranger, candidate: Candidate, rules: MeetingRules): StrangerCase {
  const found = wayIn(candidate, rules);
  if (found.way === 'refused') return { who, way: 'sign-in-needed', inside: null };
  return {
    who,
    way: found.way === 'straight' ? 'straight' : 'waits',
    inside: insideOf(candidate.role, rules),
  };
}

function insideOf(role: ParticipantRole, rules: MeetingRules): NonNullable<StrangerCase['inside']> {
  // Whoever comes into a webinar watches until a host invites them on stage.
  if (isWebinar(rules)) return { screen: false, files: false, chat: false, devicesOff: true };
  return {
    screen: isOpenTo(rules.screenSharing, role),
    files: isOpenTo(rules.fileSharing, role),
    chat: rules.chat === 'everybody',
    devicesOff: rules.microphoneAtStart === 'off' && rules.cameraAtStart === 'off',
  };
}

/** What whoever looks at this should know, the gravest first. */
function warningsOf(rules: MeetingRules, invited: number): [MeetingWarning, MeetingSettingId][] {
  const guests = rules.guests === 'allowed';
  const taking = guests && !isWebinar(rules);
  const devicesOn: MeetingSettingId =
    rules.microphoneAtStart === 'off' ? 'cameraAtStart' : 'microphoneAtStart';
  const all: [boolean, MeetingWarning, MeetingSettingId][] = [
    [guests && rules.straightIn === 'everybody', 'everybody-straight-in', 'straightIn'],
    [!guests && invited > 0, 'invited-refused', 'guests'],
    [invited > 0 && rules.straightIn === 'nobody', 'nobody-straight-in', 'straightIn'],
    [taking && isOpenTo(rules.screenSharing, 'guest'), 'guests-share-screens', 'screenSharing'],
    [taking && isOpenTo(rules.fileSharing, 'guest'), 'guests-send-files', 'fileSharing'],
    [rules.microphoneAtStart !== 'off' || rules.cameraAtStart !== 'off', 'devices-on', devicesOn],
    [rules.directPath === 'allowed', 'addresses-seen', 'directPath'],
  ];
  return all.flatMap(([holds, warning, setting]) => (holds ? [[warning, setting]] : []));
}
