import { CALL_ROUTES } from '@conclave/protocol';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Button } from '../../../ui/Button.tsx';
import { Rows, Section } from '../../../ui/Section.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { Nothing } from './Nothing.tsx';
import { PersonLine } from './PersonLine.tsx';

const load = () => call(CALL_ROUTES.listBlocked);

/** Whose calls are not heard. */
export function BlockedList() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { state, reload } = useLoaded(useCallback(load, []));
  return (
    <Section title={t('calls.settings.blockedTitle')} lead={t('calls.settings.blockedLead')}>
      <Shown state={state} reload={reload}>
        {({ blocked }) =>
          blocked.length === 0 ? (
            <Nothing>{t('calls.settings.blockedNone')}</Nothing>
          ) : (
            <Rows>
              {blocked.map(({ accountId, name, email }) => (
                <PersonLine
                  key={accountId}
                  id={accountId}
                  name={name}
                  detail={email}
                  end={
                    <Button
                      aria-label={t('calls.settings.unblockOf', { name })}
                      onPress={() =>
                        void call(CALL_ROUTES.unblockCaller, { params: { account: accountId } })
                          .then(reload)
                          .catch((error: unknown) => showToast(errorText(error)))
                      }
                    >
                      {t('calls.settings.unblock')}
                    </Button>
                  }
                />
              ))}
            </Rows>
          )
        }
      </Shown>
    </Section>
  );
}
