import type { CallId } from '@conclave/protocol';
import {
  CONTACT_LINK_OPENS,
  CONTACTS_ADDED,
  DIRECTORY_SEARCHES,
  MISSED_CALL_MAILS,
  RINGS,
} from '../../policy/attempts.ts';
import { AttemptLimiter } from '../../security/attempts.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { CallChannels } from './CallChannels.ts';
import { CallDesk } from './CallDesk.ts';
import { applyPolicyToCalls, endCallsOf } from './endCalls.ts';
import { followCall } from './followCall.ts';
import type { CallsPorts } from './ports.ts';

type Given = Pick<CallsPorts, 'background' | 'onFault' | 'secrets' | 'invitationSecrets'>;

/** Everything that calls need, as long as the server runs. */
export function openCalls(
  accounts: AccountsPorts,
  given: Given,
): { readonly ports: CallsPorts } & Disposable {
  const { db, clock, emit, policy, mail, origin } = accounts;
  using opened = new DisposableStack();
  const channels = new CallChannels();
  const waiting = new Map<CallId, number>();
  const desk = opened.use(
    new CallDesk(clock, (owner, id) =>
      owner.kind === 'contact' ? waiting.has(id) : channels.hasSession(owner.accountId, owner.sessionId),
    ),
  );
  const ports: CallsPorts = {
    db,
    clock,
    emit,
    policy,
    mail,
    origin,
    ...given,
    desk,
    channels,
    waiting,
    rings: new AttemptLimiter(RINGS),
    searches: new AttemptLimiter(DIRECTORY_SEARCHES),
    added: new AttemptLimiter(CONTACTS_ADDED),
    opened: new AttemptLimiter(CONTACT_LINK_OPENS),
    missedMails: new AttemptLimiter(MISSED_CALL_MAILS),
  };
  opened.use(desk.listen((call, before) => followCall(ports, call, before)));
  opened.use(accounts.sessionEnded.listen((end) => endCallsOf(ports, end)));
  opened.use(
    policy.onChange((change) => {
      const { changed } = change;
      if (['calls', 'guests', 'straightIn'].some((id) => changed.includes(id as (typeof changed)[number])))
        applyPolicyToCalls(ports, change);
    }),
  );
  const lifetime = opened.move();
  return { ports, [Symbol.dispose]: () => lifetime.dispose() };
}
