import { DisplayName, LIMITS } from '@conclave/protocol';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import form from '../../../ui/form.module.css';
import { Page } from '../../../ui/Page.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import type { Who } from '../../account/model/session.ts';
import { TestCallButton } from '../../test-call/components/TestCallButton.tsx';
import type { Visit } from '../model/visit.ts';
import styles from './BeforeJoining.module.css';
import { BesidePicture } from './BesidePicture.tsx';
import { InvitedAs } from './InvitedAs.tsx';
import { LinkField } from './LinkField.tsx';
import type { InvitationState } from './useInvitation.ts';

/**
 * Check the own picture and sound, then join. Camera and microphone are off until they are turned on. Whoever will watch a
 * webinar is asked for neither.
 */
export function BeforeJoining(props: {
  readonly visit: Visit;
  readonly who: Who;
  /** The meeting was made a moment ago. */
  readonly made: boolean;
  readonly invitation: InvitationState;
}) {
  const { visit, who, invitation } = props;
  const { t } = useTranslation();
  const [name, setName] = useState(visit.rememberedName);
  const [problem, setProblem] = useState<string | null>(null);
  const account = who.name === 'account' ? who.account : null;
  // Who is invited is called what the organiser has called them: that is what hosts look for.
  const invitedName = invitation.name === 'invited' ? invitation.as : null;
  const watches = invitation.name === 'invited' && invitation.watches;
  const unknown = who.name === 'unknown' || invitation.name === 'asking';
  // Signed out meanwhile, there is no link on this page to send.
  const made = props.made && account !== null;

  // They may have been turned on before it was known.
  useEffect(() => {
    if (watches) visit.devices.stopAll();
  }, [watches, visit]);

  const join = (event: FormEvent) => {
    event.preventDefault();
    const checked = DisplayName.safeParse(account?.name ?? invitedName ?? name);
    if (checked.success) visit.join({ name: checked.data, accountId: account?.id ?? null });
    else
      setProblem(
        name.trim() === '' ? t('visit.nameMissing') : t('visit.nameInvalid', { max: LIMITS.participantName }),
      );
  };

  const entrance = (
    <form className={form.form} onSubmit={join} noValidate>
      <InvitedAs invitation={invitation} />
      {account === null && !unknown && invitedName === null && (
        <TextField
          label={t('visit.name')}
          help={t('visit.nameHelp')}
          autoComplete="name"
          autoFocus
          maxLength={LIMITS.participantName}
          value={name}
          onChange={(value) => {
            setName(value);
            setProblem(null);
          }}
          error={problem}
        />
      )}
      {account !== null && (
        <p className={styles.as}>
          {t('visit.joiningAs')} <strong>{account.name}</strong>
        </p>
      )}
      {account !== null && visit.passcode !== null && (
        <LinkField meetingId={visit.meetingId} passcode={visit.passcode} />
      )}
      <Button type="submit" look="primary" wide isDisabled={unknown}>
        {t('visit.join')}
      </Button>
    </form>
  );
  return (
    <Page
      about
      width={watches ? 'narrow' : 'wide'}
      title={made ? t('visit.madeTitle') : t('visit.titleUntitled')}
      lead={made ? t('visit.madeLead') : t(watches ? 'visit.watchLead' : 'visit.lead')}
    >
      {watches ? (
        entrance
      ) : (
        <BesidePicture
          devices={visit.devices}
          below={
            <TestCallButton
              devices={visit.devices}
              // A guest's name is for the meeting alone.
              identity={{ name: account?.name ?? t('visit.testCallName'), accountId: account?.id ?? null }}
            />
          }
        >
          {entrance}
        </BesidePicture>
      )}
    </Page>
  );
}
