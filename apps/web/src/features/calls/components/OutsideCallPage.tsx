import '../texts.ts';
import '../../../i18n/accountErrors.ts';
import { type OpenedContactLink, OUTSIDE_CALL_ROUTES } from '@conclave/protocol';
import { Phone, PhoneOff } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { useObservable } from '../../../ui/useObservable.ts';
import { linkToken } from '../../account/model/linkToken.ts';
import { Avatar } from '../../room/components/Avatar.tsx';
import { CALL_STATE, prepareCall } from '../model/enterCall.ts';
import { OutsideCall } from '../model/OutsideCall.ts';
import { Ringer } from '../model/Ringer.ts';
import styles from './OutsideCallPage.module.css';

/** Somebody from outside has opened the link that a member made for them. */
export default function OutsideCallPage() {
  const [secret] = useState(linkToken);
  return secret === null ? <BadLink /> : <Opened secret={secret} />;
}

function BadLink() {
  const { t } = useTranslation();
  return <Page title={t('calls.outside.badTitle')} lead={t('calls.outside.bad')} width="narrow" about />;
}

function Opened({ secret }: { readonly secret: string }) {
  const { t } = useTranslation();
  const load = useCallback(() => call(OUTSIDE_CALL_ROUTES.openContactLink, { body: { secret } }), [secret]);
  const { state, reload } = useLoaded(load);
  const code = state.name === 'failed' ? RequestError.of(state.error).code : null;
  if (code === 'call.link_invalid' || code === 'request.invalid') return <BadLink />;
  const title =
    state.name === 'ready'
      ? t('calls.outside.ready', { name: state.value.callee })
      : t('calls.outside.title');
  return (
    <Page title={title} width="narrow" about>
      <Shown state={state} reload={reload}>
        {(opened) => <Calling secret={secret} opened={opened} />}
      </Shown>
    </Page>
  );
}

function Calling({ secret, opened }: { readonly secret: string; readonly opened: OpenedContactLink }) {
  const navigate = useNavigate();
  const [outside, setOutside] = useState<OutsideCall | null>(null);
  useEffect(() => {
    const made = new OutsideCall(
      secret,
      (meetingId, passcode, invitation) =>
        void navigate(prepareCall(meetingId, passcode, invitation), { state: CALL_STATE }),
    );
    setOutside(made);
    const goes = () => made.hangUp();
    window.addEventListener('pagehide', goes);
    return () => {
      window.removeEventListener('pagehide', goes);
      made[Symbol.dispose]();
    };
  }, [secret, navigate]);
  return outside === null ? null : <States outside={outside} opened={opened} />;
}

function States({ outside, opened }: { readonly outside: OutsideCall; readonly opened: OpenedContactLink }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const state = useObservable(outside.state);
  const { callee, name } = opened;
  const rings = state.name === 'ringing';
  const going = rings || state.name === 'connecting';
  useEffect(() => {
    if (!rings) return;
    const ringer = new Ringer('outgoing');
    return () => ringer[Symbol.dispose]();
  }, [rings]);
  return (
    <>
      <div className={styles.who}>
        <Avatar id={callee} name={callee} size={64} />
        <div>
          <p className={styles.as}>
            {t('calls.outside.as')} <strong dir="auto">{name}</strong>
          </p>
          <p className={styles.soft}>{t('calls.outside.lead', { name: callee })}</p>
        </div>
      </div>
      <div role="status" className={styles.status}>
        {rings && <p>{t('calls.outside.ringing', { name: callee })}</p>}
        {state.name === 'connecting' && <p>{t('calls.outgoing.connecting')}</p>}
        {(state.name === 'unanswered' || state.name === 'declined') && (
          <p>{t(`calls.outgoing.${state.name}`, { name: callee })}</p>
        )}
      </div>
      {state.name === 'failed' && (
        <Notice kind="error" live>
          {errorText(state.error)}
        </Notice>
      )}
      {going ? (
        <Button
          look="danger"
          wide
          icon={<PhoneOff size={20} aria-hidden="true" />}
          onPress={() => outside.hangUp()}
        >
          {t('calls.outgoing.cancel')}
        </Button>
      ) : (
        <Button
          look="primary"
          wide
          icon={<Phone size={20} aria-hidden="true" />}
          onPress={() => void outside.ring()}
        >
          {t(state.name === 'ready' ? 'calls.outside.call' : 'calls.outgoing.again')}
        </Button>
      )}
      <p className={styles.soft}>{t('calls.outside.devices')}</p>
    </>
  );
}
