import { CALL_ROUTES, type MissedCall } from '@conclave/protocol';
import { X } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { timeAgo } from '../../../i18n/when.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Rows, Section } from '../../../ui/Section.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { CallButton } from './CallButton.tsx';
import { Nothing } from './Nothing.tsx';
import { PersonLine } from './PersonLine.tsx';
import { useCallCentre, useCalls } from './useCalls.ts';

const load = () => call(CALL_ROUTES.listMissedCalls);

/** Who has called in vain. What is on show counts as looked at. */
export default function MissedSection() {
  const { t } = useTranslation();
  const calls = useCallCentre();
  const missed = useCalls()?.missed ?? 0;
  const { state, reload, set } = useLoaded(useCallback(load, []));
  const ready = state.name === 'ready';
  // One more while the page is open.
  useEffect(() => {
    if (missed > 0) void reload();
  }, [missed, reload]);
  useEffect(() => {
    if (ready && missed > 0) calls?.seen().catch(() => {});
  }, [ready, missed, calls]);
  return (
    <Section title={t('calls.sections.missed')} lead={t('calls.missed.lead')}>
      <Shown state={state} reload={reload}>
        {(list) =>
          list.missed.length === 0 ? (
            <Nothing>{t('calls.missed.none')}</Nothing>
          ) : (
            <Rows>
              {list.missed.map((one) => (
                <MissedRow
                  key={one.callId}
                  missed={one}
                  onDeleted={() => set({ missed: list.missed.filter(({ callId }) => callId !== one.callId) })}
                />
              ))}
            </Rows>
          )
        }
      </Shown>
    </Section>
  );
}

function MissedRow(props: { readonly missed: MissedCall; readonly onDeleted: () => void }) {
  const { caller, callId, at, email, seen } = props.missed;
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { name } = caller;
  const when = timeAgo(at, Date.now());
  const remove = async () => {
    try {
      await call(CALL_ROUTES.deleteMissedCall, { params: { id: callId } });
      props.onDeleted();
    } catch (error) {
      showToast(errorText(error));
    }
  };
  const how = caller.kind === 'contact' ? [t('calls.missed.contact')] : [];
  return (
    <PersonLine
      id={caller.kind === 'member' ? caller.accountId : caller.contactId}
      name={name}
      mark={seen ? null : t('calls.missed.new')}
      detail={
        <>
          <div>{[when, ...how].join(' · ')}</div>
          {email !== null && <div>{email}</div>}
        </>
      }
      end={
        <>
          {caller.kind === 'member' && <CallButton back accountId={caller.accountId} name={name} />}
          <IconButton name={t('calls.missed.removeOf', { name, when })} onPress={() => void remove()}>
            <X size={20} aria-hidden="true" />
          </IconButton>
        </>
      }
    />
  );
}
