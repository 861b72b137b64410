import { QUESTION_LIMITS, type Question } from '@conclave/client';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../ui/Button.tsx';
import { TextArea } from '../../../../ui/TextArea.tsx';
import { ChatText } from '../chat/ChatText.tsx';
import { useConversation } from '../conversation/ConversationContext.ts';
import styles from './QuestionsPanel.module.css';

/** One question, with what has become of it. */
export function QuestionRow(props: { readonly question: Question; readonly answers: boolean }) {
  const { question, answers } = props;
  const { t } = useTranslation();
  const by = () => {
    if (question.own) return t('webinar.questions.own');
    return question.by === null
      ? t('webinar.questions.somebody')
      : t('webinar.questions.by', { name: question.by });
  };
  const state = () => {
    switch (question.state) {
      case 'open':
        return question.own ? t('webinar.questions.waiting') : null;
      case 'answered':
        return question.answer === null ? t('webinar.questions.aloud') : null;
      default:
        return t(`webinar.questions.${question.state}`);
    }
  };
  return (
    <li className={styles.question} data-state={question.state}>
      <p className={styles.by}>
        <bdi>{by()}</bdi>
      </p>
      <div className={styles.text}>
        <ChatText text={question.text} />
      </div>
      {question.answer !== null && (
        <div className={styles.answer}>
          <ChatText text={question.answer} />
        </div>
      )}
      <p className={styles.state}>{state()}</p>
      {answers && question.state === 'open' && <Answer question={question} />}
    </li>
  );
}

function Answer({ question: { id, text } }: { readonly question: Question }) {
  const { t } = useTranslation();
  const { questions } = useConversation();
  const [open, setOpen] = useState(false);
  const [answer, setAnswer] = useState('');
  const tooLong = [...answer].length > QUESTION_LIMITS.answer;
  if (!open)
    return (
      <div className={styles.actions}>
        <Button
          look="primary"
          aria-label={t('webinar.questions.answerOf', { text })}
          onPress={() => setOpen(true)}
        >
          {t('webinar.questions.answer')}
        </Button>
        <Button onPress={() => questions.dismiss(id)}>{t('webinar.questions.dismiss')}</Button>
      </div>
    );
  return (
    <div className={styles.answering}>
      <TextArea
        prose
        rows={3}
        label={t('webinar.questions.answer')}
        help={t('webinar.questions.answerHelp')}
        value={answer}
        onChange={setAnswer}
      />
      <div className={styles.actions}>
        <Button look="primary" isDisabled={tooLong} onPress={() => questions.answer(id, answer)}>
          {t(answer.trim() === '' ? 'webinar.questions.publishAloud' : 'webinar.questions.publish')}
        </Button>
        <Button onPress={() => setOpen(false)}>{t('ui.cancel')}</Button>
      </div>
    </div>
  );
}
