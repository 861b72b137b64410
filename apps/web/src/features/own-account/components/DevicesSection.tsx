import { LIMITS, OWN_ACCOUNT_ROUTES, type Session } from '@conclave/protocol';
import { Monitor, Pencil } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { timeAgo } from '../../../i18n/when.ts';
import { Button } from '../../../ui/Button.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Row, Rows, Section } from '../../../ui/Section.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { session as ownSession } from '../../account/model/session.ts';
import { DeviceKeys } from './DeviceKeys.tsx';

/** Where the account is signed in, and the keys by which others know its browsers. */
export default function DevicesSection() {
  return (
    <>
      <SignedInDevices />
      <DeviceKeys />
    </>
  );
}

/** Name those one knows, sign out those one does not. */
function SignedInDevices() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [renaming, setRenaming] = useState<Session | null>(null);
  const load = useCallback(async () => {
    const { sessions } = await call(OWN_ACCOUNT_ROUTES.listSessions);
    return { sessions: ordered(sessions), now: Date.now() };
  }, []);
  const { state, reload } = useLoaded(load);

  const act = async (doing: () => Promise<unknown>, done: string) => {
    try {
      await doing();
      showToast(done);
      await reload();
    } catch (error) {
      if (RequestError.of(error).code === 'auth.required') ownSession.ended();
      else showToast(errorText(error));
    }
  };
  const revoke = (one: Session) =>
    act(
      () => call(OWN_ACCOUNT_ROUTES.revokeSession, { params: { id: one.id } }),
      t('ownAccount.devices.revoked', { device: one.name ?? one.device }),
    );
  const revokeOthers = () =>
    act(() => call(OWN_ACCOUNT_ROUTES.revokeOtherSessions), t('ownAccount.devices.othersDone'));

  const several = state.name === 'ready' && state.value.sessions.length > 1;
  return (
    <Section
      title={t('ownAccount.devices.title')}
      lead={several ? t('ownAccount.devices.lead') : t('ownAccount.devices.only')}
      actions={
        several && <Button onPress={() => void revokeOthers()}>{t('ownAccount.devices.others')}</Button>
      }
    >
      <Shown state={state} reload={reload}>
        {({ sessions, now }) => (
          <Rows>
            {sessions.map((one) => (
              <Row
                key={one.id}
                icon={<Monitor size={22} aria-hidden="true" />}
                title={one.name ?? one.device}
                mark={one.current ? t('ownAccount.devices.current') : null}
                detail={[
                  ...(one.name === null ? [] : [one.device]),
                  t('ownAccount.devices.since', { when: timeAgo(one.createdAt, now) }),
                  t('ownAccount.devices.seen', { when: timeAgo(one.lastSeenAt, now) }),
                ].join(', ')}
                end={
                  <>
                    <IconButton
                      name={t('ownAccount.devices.renameOf', { device: one.name ?? one.device })}
                      onPress={() => setRenaming(one)}
                    >
                      <Pencil size={18} aria-hidden="true" />
                    </IconButton>
                    {!one.current && (
                      <Button
                        aria-label={t('ownAccount.devices.revokeOf', { device: one.name ?? one.device })}
                        onPress={() => void revoke(one)}
                      >
                        {t('ownAccount.devices.revoke')}
                      </Button>
                    )}
                  </>
                }
              />
            ))}
          </Rows>
        )}
      </Shown>
      {renaming !== null && (
        <RenameDevice device={renaming} onClose={() => setRenaming(null)} onSaved={reload} />
      )}
    </Section>
  );
}

function RenameDevice(props: {
  readonly device: Session;
  readonly onClose: () => void;
  readonly onSaved: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(props.device.name ?? '');
  const save = async () => {
    const given = name.trim() === '' ? null : name;
    await call(OWN_ACCOUNT_ROUTES.renameSession, { params: { id: props.device.id }, body: { name: given } });
    await props.onSaved();
  };
  return (
    <FormDialog
      title={t('ownAccount.devices.renameTitle')}
      save={t('ui.save')}
      onSave={save}
      onClose={props.onClose}
    >
      <TextField
        label={t('ownAccount.devices.name')}
        help={props.device.device}
        autoFocus
        maxLength={LIMITS.participantName}
        value={name}
        onChange={setName}
      />
    </FormDialog>
  );
}

function ordered(sessions: readonly Session[]): readonly Session[] {
  return [...sessions].sort(
    (a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt),
  );
}
