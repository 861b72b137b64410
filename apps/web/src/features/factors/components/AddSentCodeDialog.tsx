import './texts.ts';
import { type FactorAdded, OWN_FACTOR_ROUTES, type SentCodeKind } from '@conclave/protocol';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import form from '../../../ui/form.module.css';
import { Notice } from '../../../ui/Notice.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { CodeField } from './CodeField.tsx';
import { useTask } from './useTask.ts';

/** Codes that are sent: a first one shows that they arrive. */
export function AddSentCodeDialog(props: {
  readonly kind: SentCodeKind;
  readonly onAdded: (added: FactorAdded) => void;
  readonly onClose: () => void;
}) {
  const { kind } = props;
  const { t } = useTranslation();
  const [phone, setPhone] = useState('');
  const [started, setStarted] = useState<{ readonly id: string; readonly to: string } | null>(null);
  const [code, setCode] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const { busy, problem, run } = useTask();

  const send = () =>
    run(async () => {
      setStarted(
        await (kind === 'sms'
          ? call(OWN_FACTOR_ROUTES.startSmsFactor, { body: { phone } })
          : call(OWN_FACTOR_ROUTES.startEmailFactor)),
      );
    });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (started === null) return void send();
    if (code === '') return;
    await run(async () => {
      const input = { params: { id: started.id }, body: { code } };
      props.onAdded(await call(OWN_FACTOR_ROUTES.verifyFactor, input));
    });
    setCode('');
    field.current?.focus();
  };

  return (
    <Dialog title={t(`factors.sent.${kind}Title`)} onClose={props.onClose}>
      <form className={form.form} onSubmit={(event) => void submit(event)} noValidate>
        {started === null && kind === 'sms' && (
          <TextField
            label={t('factors.sent.phone')}
            help={t('factors.sent.phoneHelp')}
            name="tel"
            autoComplete="tel"
            inputMode="tel"
            code
            autoFocus
            value={phone}
            onChange={setPhone}
          />
        )}
        {started !== null && (
          <>
            <p role="status">{t('factors.sent.enter', { to: started.to })}</p>
            <CodeField label={t('factors.sent.code')} value={code} onChange={setCode} inputRef={field} />
          </>
        )}
        {problem !== null && (
          <Notice kind="error" live>
            {problem}
          </Notice>
        )}
        <DialogActions>
          <Button onPress={props.onClose}>{t('ui.cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            busy={busy}
            isDisabled={started === null ? kind === 'sms' && phone === '' : code === ''}
          >
            {started === null ? t('factors.sent.send') : t('factors.sent.finish')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
