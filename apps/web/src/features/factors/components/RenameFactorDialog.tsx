import { type Factor, LIMITS, OWN_FACTOR_ROUTES } from '@conclave/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';

export function RenameFactorDialog(props: {
  readonly factor: Factor;
  readonly onRenamed: () => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState<string>(props.factor.name);
  return (
    <FormDialog
      title={t('factors.renameTitle')}
      save={t('ui.save')}
      disabled={name.trim() === ''}
      onSave={async () => {
        await call(OWN_FACTOR_ROUTES.renameFactor, { params: { id: props.factor.id }, body: { name } });
        await props.onRenamed();
      }}
      onClose={props.onClose}
    >
      <TextField
        label={t('factors.renameLabel')}
        autoFocus
        maxLength={LIMITS.participantName}
        value={name}
        onChange={setName}
      />
    </FormDialog>
  );
}
