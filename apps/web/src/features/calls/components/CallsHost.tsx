import '../texts.ts';
import '../../../i18n/accountErrors.ts';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { showToast } from '../../../ui/toasts.ts';
import { CallCentre } from '../model/CallCentre.ts';
import { centre } from '../model/centre.ts';
import { CALL_STATE, prepareCall } from '../model/enterCall.ts';
import { IncomingCallDialog } from './IncomingCallDialog.tsx';
import { OutgoingCallDialog } from './OutgoingCallDialog.tsx';
import { useCallCentre, useCalls } from './useCalls.ts';
import { useRinging } from './useRinging.ts';

/** Calls of whoever is signed in, above whatever page they are on. */
export default function CallsHost({ accountId }: { readonly accountId: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const go = useRef(navigate);
  go.current = navigate;
  useEffect(() => {
    const made = new CallCentre({
      accountId,
      onConnected: (meetingId, passcode) =>
        void go.current(prepareCall(meetingId, passcode), { state: CALL_STATE }),
      onOver: ({ caller: { name } }, how) => {
        if (how === 'answered') showToast(t('calls.incoming.elsewhere', { name }));
        if (how === 'missed') showToast(t('calls.incoming.missed', { name }));
        if (how === 'failed') showToast(t('calls.incoming.failed', { name }));
      },
    });
    centre.set(made);
    const goes = () => made.hangUp();
    window.addEventListener('pagehide', goes);
    return () => {
      window.removeEventListener('pagehide', goes);
      if (centre.get() === made) centre.set(null);
      made[Symbol.dispose]();
    };
  }, [accountId, t]);
  return <Shown />;
}

function Shown() {
  const calls = useCallCentre();
  const view = useCalls();
  const first = view?.answering ?? view?.incoming[0] ?? null;
  const [silent, silence] = useRinging(view?.answering === null ? first : null);
  if (calls === null || view === null) return null;
  return (
    <>
      {view.outgoing !== null && first === null && (
        <OutgoingCallDialog calls={calls} outgoing={view.outgoing} />
      )}
      {first !== null && (
        <IncomingCallDialog
          key={first.callId}
          calls={calls}
          incoming={first}
          connecting={view.answering !== null}
          others={view.incoming.filter(({ callId }) => callId !== first.callId).length}
          silent={silent}
          onSilence={silence}
        />
      )}
    </>
  );
}
