import './texts.ts';
import type { Meeting, ParticipantState } from '@conclave/client';
import { COHOST_CONTROLS, CONTROLS, type Control, ReportReason } from '@conclave/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../ui/Button.tsx';
import { Checkbox } from '../../../../ui/Checkbox.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { showToast } from '../../../../ui/toasts.ts';
import { Check } from '../Check.tsx';
import styles from './PersonDialogs.module.css';
import type { PersonDialogName } from './PersonMenu.tsx';
import { useAct } from './useAct.ts';

interface PersonDialogProps {
  readonly meeting: Meeting;
  readonly participant: ParticipantState;
  readonly onClose: () => void;
}

export default function PersonDialog(
  props: PersonDialogProps & { readonly name: PersonDialogName; readonly own: readonly Control[] },
) {
  switch (props.name) {
    case 'remove':
      return <Remove {...props} />;
    case 'appoint':
      return <Appoint {...props} />;
    case 'report':
      return <Report {...props} />;
  }
}

function Remove({ meeting, participant: { id, name }, onClose }: PersonDialogProps) {
  const { t } = useTranslation();
  const [forGood, setForGood] = useState(false);
  return (
    <FormDialog
      title={t('host.remove.title', { name })}
      save={t('host.remove.confirm')}
      danger
      onSave={async () => {
        await meeting.moderation.remove(id, forGood);
        showToast(t('host.remove.done', { name }));
      }}
      onClose={onClose}
    >
      <p>{t('host.remove.text')}</p>
      <Check
        label={t('host.remove.forGood')}
        help={t('host.remove.forGoodHelp')}
        on={forGood}
        onChange={setForGood}
      />
    </FormDialog>
  );
}

/** Nobody gives a control that they do not have. */
function Appoint(props: PersonDialogProps & { readonly own: readonly Control[] }) {
  const { meeting, participant, own, onClose } = props;
  const { id, name, role, controls } = participant;
  const { t } = useTranslation();
  const act = useAct();
  const isCohost = role === 'cohost';
  const [given, setGiven] = useState<ReadonlySet<Control>>(
    () => new Set(isCohost ? controls : COHOST_CONTROLS.filter((control) => own.includes(control))),
  );
  const give = (control: Control, on: boolean) => {
    const next = new Set(given);
    if (on) next.add(control);
    else next.delete(control);
    setGiven(next);
  };
  return (
    <FormDialog
      title={t('host.appoint.title', { name })}
      save={t(isCohost ? 'host.appoint.change' : 'host.appoint.save')}
      disabled={given.size === 0}
      onSave={() =>
        meeting.moderation.appoint(
          id,
          CONTROLS.filter((control) => given.has(control)),
        )
      }
      onClose={onClose}
    >
      <p>{t('host.appoint.lead')}</p>
      <div className={styles.controls}>
        {CONTROLS.filter((control) => own.includes(control)).map((control) => (
          <Checkbox key={control} checked={given.has(control)} onChange={(on) => give(control, on)}>
            {t(`host.appoint.control.${control}`)}
          </Checkbox>
        ))}
      </div>
      {isCohost && (
        <Button
          onPress={() => {
            act(() => meeting.moderation.appoint(id, []));
            onClose();
          }}
        >
          {t('host.appoint.takeBack')}
        </Button>
      )}
    </FormDialog>
  );
}

function Report({ meeting, participant: { id, name }, onClose }: PersonDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState<ReportReason>('disruptive');
  return (
    <FormDialog
      title={t('host.report.title', { name })}
      save={t('host.report.send')}
      onSave={async () => {
        await meeting.moderation.report(id, reason);
        showToast(t('host.report.done'));
      }}
      onClose={onClose}
    >
      <p>{t('host.report.lead')}</p>
      <Select
        label={t('host.report.reason')}
        value={reason}
        options={ReportReason.options.map((value) => ({ value, label: t(`host.report.${value}`) }))}
        onChange={(value) => setReason(ReportReason.parse(value))}
      />
    </FormDialog>
  );
}
