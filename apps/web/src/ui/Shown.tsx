import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../api/useErrorText.ts';
import type { Loaded } from '../api/useLoaded.ts';
import { Button } from './Button.tsx';
import { Loading } from './Loading.tsx';
import { Notice } from './Notice.tsx';

/** What was loaded, or that it is on its way, or why it is not there and a button to try again. */
export function Shown<T>(props: {
  readonly state: Loaded<T>;
  readonly reload: () => Promise<void>;
  readonly children: (value: T) => ReactNode;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  switch (props.state.name) {
    case 'loading':
      return <Loading />;
    case 'ready':
      return props.children(props.state.value);
    case 'failed':
      return (
        <Notice kind="error" live>
          <p>{errorText(props.state.error)}</p>
          <div>
            <Button onPress={() => void props.reload()}>{t('ui.tryAgain')}</Button>
          </div>
        </Notice>
      );
  }
}
