import './texts.ts';
import { type FactorAdded, OWN_FACTOR_ROUTES, type TotpSetUp } from '@conclave/protocol';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { Button } from '../../../ui/Button.tsx';
import { copyText } from '../../../ui/copyText.ts';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import form from '../../../ui/form.module.css';
import { Loading } from '../../../ui/Loading.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { QrPicture } from '../../security/components/QrPicture.tsx';
import styles from './AddTotpDialog.module.css';
import { CodeField } from './CodeField.tsx';
import { useTask } from './useTask.ts';

/** Shows the secret as a QR code, drawn here, and as text; a first code turns it on. */
export function AddTotpDialog(props: {
  readonly onAdded: (added: FactorAdded) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [setUp, setSetUp] = useState<TotpSetUp | null>(null);
  const [code, setCode] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const { busy, problem, run } = useTask();
  useEffect(() => {
    void run(async () => setSetUp(await call(OWN_FACTOR_ROUTES.startTotp)));
  }, [run]);

  const finish = async (event: FormEvent) => {
    event.preventDefault();
    if (setUp === null || code === '') return;
    await run(async () => {
      const input = { params: { id: setUp.id }, body: { code } };
      props.onAdded(await call(OWN_FACTOR_ROUTES.verifyFactor, input));
    });
    setCode('');
    field.current?.focus();
  };

  return (
    <Dialog title={t('factors.totp.title')} onClose={props.onClose}>
      {setUp === null && problem === null && <Loading />}
      {setUp !== null && (
        <div className={styles.set}>
          <p>{t('factors.totp.scan')}</p>
          <div className={styles.code}>
            <QrPicture text={setUp.uri} name={t('factors.totp.qr')} />
            <a href={setUp.uri}>{t('factors.totp.open')}</a>
          </div>
          <div className={styles.key}>
            <span>
              <span className="visually-hidden">{t('factors.totp.key')}</span>
              <code>{inGroups(setUp.secret)}</code>
            </span>
            <Button
              onPress={() =>
                void copyText(setUp.secret).then((done) => done && showToast(t('factors.totp.copied')))
              }
            >
              {t('factors.totp.copyKey')}
            </Button>
          </div>
        </div>
      )}
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      {setUp !== null && (
        <form className={form.form} onSubmit={(event) => void finish(event)} noValidate>
          <p>{t('factors.totp.next')}</p>
          <CodeField label={t('factors.totp.code')} value={code} onChange={setCode} inputRef={field} />
          <DialogActions>
            <Button onPress={props.onClose}>{t('ui.cancel')}</Button>
            <Button type="submit" look="primary" busy={busy} isDisabled={code === ''}>
              {t('factors.totp.finish')}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}

function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret;
}
