import {
  type MeetingRules,
  type MeetingSettingId,
  POSTURE_POINTS,
  type Policy,
  type PosturePoint,
  type PosturePointId,
  type PostureState,
  rulesOf,
} from '@conclave/protocol';

/** What the lists ask about and no setting decides. */
export interface ServiceFacts {
  /** Browsers reach the service over TLS. */
  readonly overTls: boolean;
}

type Judge = (policy: Policy, rules: MeetingRules, facts: ServiceFacts) => PostureState;

const is = (met: boolean): PostureState => (met ? 'met' : 'not-met');
const always: Judge = () => 'met';
const outside: Judge = () => 'outside';
const missing: Judge = () => 'not-offered';

/** A meeting may not be more open than the organisation says. */
function isDecided(policy: Policy, ids: readonly MeetingSettingId[]): boolean {
  return ids.every((id) => policy[id].mode !== 'default');
}

const located: Judge = ({ storageLocation, mediaLocation }) =>
  is(storageLocation !== '' && mediaLocation !== '');
const strongFactors: Judge = ({ secondFactor, factors }) =>
  is(secondFactor === 'everybody' && !factors.includes('sms') && !factors.includes('email'));
const leastRole: Judge = ({ newAccountRole }) => is(newAccountRole === 'member');
/** Nobody comes in whom nobody here knows: they have an account, were invited, or wait until a host lets them in. */
const knownOnly: Judge = (_, { guests, straightIn }) =>
  is(guests === 'refused' || straightIn !== 'everybody');

const JUDGES: Readonly<Record<PosturePointId, Judge>> = {
  'ncsc.sign-on': ({ signOn }) => is(signOn === 'sso-only'),
  'ncsc.second-factor': ({ secondFactor, signOn }) =>
    is(secondFactor === 'everybody' || signOn === 'sso-only'),
  'ncsc.passwords': ({ passwordLength, passwordComposition }) =>
    is(passwordLength >= 8 && passwordComposition === 'any'),
  'ncsc.least-privilege': leastRole,
  'ncsc.unauthenticated': knownOnly,
  'ncsc.lobby': knownOnly,
  'ncsc.passcode': always,
  'ncsc.features': (_, { screenSharing, fileSharing }) =>
    is(screenSharing !== 'everybody' && fileSharing !== 'everybody'),
  'ncsc.enforced': (policy) =>
    is(isDecided(policy, ['screenSharing', 'fileSharing', 'guests', 'straightIn'])),
  'ncsc.encryption': always,
  'ncsc.location': located,
  'ncsc.retention': ({ keepUnusedMeetingsDays, keepSuspendedAccountsDays }) =>
    is(keepUnusedMeetingsDays !== null && keepSuspendedAccountsDays !== null),
  'ncsc.recording': missing,
  'ncsc.monitoring': outside,
  'ncsc.devices': outside,
  'ncsc.guidance': outside,
  'bsi.transport': (_policy, _rules, { overTls }) => is(overTls),
  'bsi.end-to-end': always,
  'bsi.authentication': strongFactors,
  'bsi.roles': leastRole,
  'bsi.admission': knownOnly,
  'bsi.waiting-room': always,
  'bsi.devices-off': (_, { microphoneAtStart, cameraAtStart }) =>
    is(microphoneAtStart === 'off' && cameraAtStart === 'off'),
  'bsi.screen': (_, { screenSharing }) => is(screenSharing !== 'everybody'),
  'bsi.files': (_, { fileSharing }) => is(fileSharing !== 'everybody'),
  'bsi.addresses': (policy, { directPath }) => is(directPath === 'off' && isDecided(policy, ['directPath'])),
  'bsi.sessions': ({ sessionIdleDays, sessionAbsoluteDays }) =>
    is(sessionIdleDays <= 1 && sessionAbsoluteDays <= 30),
  'bsi.deletion': ({ keepUnusedMeetingsDays, keepSuspendedAccountsDays, keepMailsDays }) =>
    is(keepUnusedMeetingsDays !== null && keepSuspendedAccountsDays !== null && keepMailsDays <= 30),
  'bsi.rights-of-persons': ({ dataContact }) => is(dataContact !== ''),
  'bsi.location': located,
  'bsi.recording': missing,
  'bsi.logging': outside,
  'bsi.updates': outside,
  'bsi.network': outside,
};

/** How the service stands against what the lists ask, point by point, in their order. */
export function assessPosture(policy: Policy, facts: ServiceFacts): PosturePoint[] {
  const rules = rulesOf(policy, {});
  return (Object.keys(POSTURE_POINTS) as PosturePointId[]).map((id) => ({
    id,
    state: JUDGES[id](policy, rules, facts),
    settings: [...POSTURE_POINTS[id].settings],
  }));
}
