import './texts.ts';
import { PERSON_FACTOR_ROUTES } from '@conclave/protocol';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { showToast } from '../../../ui/toasts.ts';

/** For an administrator: which second factors somebody has, and taking them away when they are lost. */
export default function PersonFactorsDialog(props: {
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
}) {
  const { id, name } = props;
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const load = useCallback(() => call(PERSON_FACTOR_ROUTES.personFactors, { params: { id } }), [id]);
  const { state, reload } = useLoaded(load);
  const none = state.name !== 'ready' || state.value.kinds.length === 0;

  const reset = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await call(PERSON_FACTOR_ROUTES.resetFactors, { params: { id } });
      showToast(t('factors.person.done', { name }));
      props.onClose();
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={t('factors.person.title', { name })} onClose={props.onClose}>
      <Shown state={state} reload={reload}>
        {({ kinds, recoveryCodes }) =>
          kinds.length === 0 ? (
            <p>{t('factors.person.none')}</p>
          ) : (
            <>
              <p>
                {[
                  ...kinds.map((kind) => t(`factors.kinds.${kind}`)),
                  t('factors.person.codes', { count: recoveryCodes }),
                ].join(' · ')}
              </p>
              <p>{t('factors.person.resetText')}</p>
            </>
          )
        }
      </Shown>
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      <DialogActions>
        <Button onPress={props.onClose}>{t('ui.close')}</Button>
        {!none && (
          <Button look="danger" busy={busy} onPress={() => void reset()}>
            {t('factors.person.reset')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
