import './texts.ts';
import { MessageCircleQuestion } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RoundButton } from '../../../../ui/RoundButton.tsx';
import { useObservable } from '../../../../ui/useObservable.ts';
import { openQuestions } from '../../model/webinar.ts';
import { useConversation } from '../conversation/ConversationContext.ts';

/** To ask, or to see what is asked. */
export default function QuestionsButton(props: {
  readonly audience: boolean;
  readonly open: boolean;
  readonly onPress: () => void;
}): ReactNode {
  const { audience, open, onPress } = props;
  const { t } = useTranslation();
  const count = useObservable(useConversation().questions.all, (all) => openQuestions(all).length);
  return (
    <RoundButton
      name={count > 0 ? t('webinar.questions.nameOpen', { count }) : t('webinar.questions.name')}
      caption={t(audience ? 'webinar.questions.ask' : 'webinar.questions.name')}
      look={open ? 'active' : 'plain'}
      badge={count > 0 ? count : undefined}
      aria-expanded={open}
      onPress={onPress}
    >
      <MessageCircleQuestion size={24} aria-hidden="true" />
    </RoundButton>
  );
}
