import '../i18n/errors.ts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestError } from './RequestError.ts';

/** The text of whatever a call threw, with the time to wait when the server named one. */
export function useErrorText(): (thrown: unknown) => string {
  const { t } = useTranslation();
  return useCallback(
    (thrown) => {
      const error = RequestError.of(thrown);
      const text = t(`errors.${error.code}`);
      if (error.retryAfterMs === undefined || error.retryAfterMs <= 0) return text;
      const seconds = Math.ceil(error.retryAfterMs / 1000);
      const wait =
        seconds < 90
          ? t('errors.retryIn', { count: seconds })
          : t('errors.retryInMinutes', { count: Math.ceil(seconds / 60) });
      return `${text} ${wait}`;
    },
    [t],
  );
}
