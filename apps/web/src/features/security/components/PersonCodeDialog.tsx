import type { Meeting, PersonCode, PersonVerification } from '@conclave/client';
import { ScanLine } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addTexts } from '../../../i18n/addTexts.ts';
import { securityPanel } from '../../../i18n/en/securityPanel.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import { lazyPart } from '../../../ui/lazyPart.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { Digits } from './Digits.tsx';
import styles from './PersonCodeDialog.module.css';
import { QrPicture } from './QrPicture.tsx';

addTexts('security', securityPanel);

const ScanCode = lazyPart(() => import('./ScanCode.tsx'));

/** The code that two people compare, and what comes of it. */
export default function PersonCodeDialog(props: {
  readonly meeting: Meeting;
  /** As they were when it was opened: a device that comes later is another question. */
  readonly person: PersonVerification;
  readonly name: string;
  readonly guest: boolean;
  readonly onClose: () => void;
}) {
  const { meeting, person, name, onClose } = props;
  const { verification } = meeting;
  const { t } = useTranslation();
  const [code, setCode] = useState<PersonCode | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [scanning, setScanning] = useState(false);

  useEffect(() => {
    let open = true;
    const fail = () => open && setProblem(t('security.person.gone', { name }));
    verification.personCode(person).then((found) => open && setCode(found), fail);
    return () => {
      open = false;
    };
  }, [verification, person, name, t]);

  const judge = async (verdict: 'verify' | 'unverify') => {
    try {
      await verification.judge(person, verdict);
      showToast(t(verdict === 'verify' ? 'security.person.verified' : 'security.person.removed', { name }));
      onClose();
    } catch {
      setProblem(t('security.person.gone', { name }));
    }
  };
  const scanned = async (text: string) => {
    const outcome = await verification.compareQr(person, text).catch(() => 'gone' as const);
    if (outcome === 'unknown') return;
    setScanning(false);
    if (outcome === 'match') {
      showToast(t('security.person.verified', { name }));
      onClose();
    } else
      setProblem(t(outcome === 'gone' ? 'security.person.gone' : 'security.scanning.mismatch', { name }));
  };

  return (
    <Dialog title={t('security.person.title', { name })} onClose={onClose}>
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      {scanning ? (
        <Suspense>
          <ScanCode onFound={(text) => void scanned(text)} onStop={() => setScanning(false)} />
        </Suspense>
      ) : (
        <>
          <p>{t('security.person.help', { name })}</p>
          {code !== null && (
            <>
              <Digits groups={code.digits} columns={4} name={t('security.person.digits', { name })} />
              <div className={styles.qr}>
                <QrPicture text={code.qr} name={t('security.person.qr', { name })} />
                <div className={styles.beside}>
                  <p>{t('security.person.qrHelp')}</p>
                  <Button
                    icon={<ScanLine size={18} aria-hidden="true" />}
                    onPress={() => {
                      setProblem(null);
                      setScanning(true);
                    }}
                  >
                    {t('security.person.scan')}
                  </Button>
                </div>
              </div>
            </>
          )}
          <p className={styles.small}>
            {t('security.person.differ')} {props.guest && t('security.person.guest')}
          </p>
          <DialogActions>
            {person.trust === 'verified' ? (
              <Button onPress={() => void judge('unverify')}>{t('security.person.remove')}</Button>
            ) : (
              <Button look="primary" isDisabled={code === null} onPress={() => void judge('verify')}>
                {t('security.person.same')}
              </Button>
            )}
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
