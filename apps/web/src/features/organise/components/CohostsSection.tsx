import { COHOST_CONTROLS, type Cohost, type Control, LIMITS, MEETING_ROUTES } from '@conclave/protocol';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { Row, Rows, Section } from '../../../ui/Section.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { showToast } from '../../../ui/toasts.ts';
import styles from './CohostsSection.module.css';
import { ControlBoxes } from './ControlBoxes.tsx';
import { useOrganised } from './useOrganised.ts';

/** Who helps the host, and with what. */
export default function CohostsSection() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { meeting, set } = useOrganised();
  const [changing, setChanging] = useState<Cohost | null>(null);
  const remove = async ({ accountId: account, name }: Cohost) => {
    try {
      set(await call(MEETING_ROUTES.removeCohost, { params: { id: meeting.id, account } }));
      showToast(t('organise.cohosts.removed', { name }));
    } catch (error) {
      showToast(errorText(error));
    }
  };
  return (
    <Section title={t('organise.sections.cohosts')} lead={t('organise.cohosts.lead')}>
      {meeting.cohosts.length === 0 && <p>{t('organise.cohosts.none')}</p>}
      {meeting.cohosts.length > 0 && (
        <Rows>
          {meeting.cohosts.map((cohost) => (
            <Row
              key={cohost.accountId}
              stacked
              title={<bdi>{cohost.name}</bdi>}
              detail={
                <>
                  <span>{cohost.email}</span>
                  <br />
                  <ControlsText controls={cohost.controls} />
                </>
              }
              end={
                <>
                  <Button
                    aria-label={t('organise.cohosts.changeOf', { name: cohost.name })}
                    onPress={() => setChanging(cohost)}
                  >
                    {t('organise.cohosts.change')}
                  </Button>
                  <Button
                    look="quiet"
                    aria-label={t('organise.cohosts.removeOf', { name: cohost.name })}
                    onPress={() => void remove(cohost)}
                  >
                    {t('organise.cohosts.remove')}
                  </Button>
                </>
              }
            />
          ))}
        </Rows>
      )}
      <AddCohost />
      {changing !== null && <ChangeDialog cohost={changing} onClose={() => setChanging(null)} />}
    </Section>
  );
}

function ControlsText({ controls }: { readonly controls: readonly Control[] }) {
  const { t } = useTranslation();
  if (controls.length === 0) return t('organise.cohosts.nothing');
  if (controls.join() === COHOST_CONTROLS.join()) return t('organise.cohosts.all');
  return controls.map((control) => t(`organise.cohosts.controls.${control}`)).join(', ');
}

function AddCohost() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { meeting, set } = useOrganised();
  const [email, setEmail] = useState('');
  const [controls, setControls] = useState<Control[]>([...COHOST_CONTROLS]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const body = { email, controls };
      const changed = await call(MEETING_ROUTES.addCohost, { params: { id: meeting.id }, body });
      const added = changed.cohosts.find((one) => one.email === email.trim().toLowerCase());
      set(changed);
      setEmail('');
      showToast(t('organise.cohosts.added', { name: added?.name ?? email }));
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void add(event)} noValidate>
      <TextField
        label={t('organise.cohosts.email')}
        type="email"
        autoComplete="off"
        maxLength={LIMITS.email}
        value={email}
        onChange={(value) => {
          setEmail(value);
          setProblem(null);
        }}
        error={problem}
      />
      <ControlBoxes legend={t('organise.cohosts.mayNew')} controls={controls} onChange={setControls} />
      <div>
        <Button type="submit" look="primary" busy={busy} isDisabled={email.trim() === ''}>
          {t('organise.cohosts.add')}
        </Button>
      </div>
    </form>
  );
}

function ChangeDialog({ cohost, onClose }: { readonly cohost: Cohost; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { meeting, set } = useOrganised();
  const [controls, setControls] = useState<Control[]>([...cohost.controls]);
  const title = t('organise.cohosts.may', { name: cohost.name });
  return (
    <FormDialog
      title={title}
      save={t('ui.save')}
      onSave={async () => {
        const params = { id: meeting.id, account: cohost.accountId };
        set(await call(MEETING_ROUTES.changeCohost, { params, body: { controls } }));
        showToast(t('organise.cohosts.saved'));
      }}
      onClose={onClose}
    >
      <ControlBoxes legend={t('organise.cohosts.mayNew')} controls={controls} onChange={setControls} />
    </FormDialog>
  );
}
