import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import form from '../../../ui/form.module.css';
import { Page } from '../../../ui/Page.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import type { Visit } from '../model/visit.ts';
import { InvitedAs } from './InvitedAs.tsx';
import type { InvitationState } from './useInvitation.ts';

/** Link and passcode can be sent apart (N16). */
export function AskPasscode(props: {
  readonly visit: Visit;
  readonly wrong: boolean;
  readonly invitation: InvitationState;
}) {
  const { visit, wrong, invitation } = props;
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(wrong ? t('visit.passcodeWrong') : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!visit.enterPasscode(text)) setProblem(t('visit.passcodeInvalid'));
  };
  return (
    <Page
      about
      title={t('visit.passcodeTitle')}
      {...(wrong
        ? {}
        : { lead: t(invitation.name === 'invited' ? 'visit.passcodeLeadInvited' : 'visit.passcodeLead') })}
      width="narrow"
    >
      <form className={form.form} onSubmit={submit} noValidate>
        <InvitedAs invitation={invitation} />
        <TextField
          label={t('visit.passcode')}
          help={t('visit.passcodeHelp')}
          code
          autoFocus
          autoComplete="off"
          maxLength={100}
          value={text}
          onChange={(value) => {
            setText(value);
            setProblem(null);
          }}
          error={problem}
        />
        <Button type="submit" look="primary" wide isDisabled={text.trim() === ''}>
          {t('visit.next')}
        </Button>
      </form>
    </Page>
  );
}
