import './texts.ts';
import { type Meeting, QUESTION_LIMITS } from '@conclave/client';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../ui/Button.tsx';
import { TextArea } from '../../../../ui/TextArea.tsx';
import { useObservable } from '../../../../ui/useObservable.ts';
import { isAudience } from '../../model/webinar.ts';
import { useConversation } from '../conversation/ConversationContext.ts';
import { SidePanel } from '../SidePanel.tsx';
import { QuestionRow } from './QuestionRow.tsx';
import styles from './QuestionsPanel.module.css';

/** What the audience asks: to whoever asks, a field; to those on stage, what is open; to everybody, what was answered. */
export default function QuestionsPanel(props: { readonly meeting: Meeting; readonly onClose: () => void }) {
  const { meeting, onClose } = props;
  const { t } = useTranslation();
  const all = useObservable(useConversation().questions.all);
  const audience = useObservable(meeting.state, isAudience);
  const open = all.filter(({ state }) => state !== 'answered' && (audience || state !== 'dismissed'));
  const answered = all.filter(({ state }) => state === 'answered').toReversed();
  return (
    <SidePanel title={t('webinar.questions.title')} onClose={onClose}>
      {audience && <Ask />}
      <div className={styles.lists}>
        {open.length > 0 && (
          <section aria-label={t(audience ? 'webinar.questions.own' : 'webinar.questions.open')}>
            <h3>{t(audience ? 'webinar.questions.own' : 'webinar.questions.open')}</h3>
            <ul>
              {open.map((question) => (
                <QuestionRow key={question.id} question={question} answers={!audience} />
              ))}
            </ul>
          </section>
        )}
        {answered.length > 0 && (
          <section aria-label={t('webinar.questions.answered')}>
            <h3>{t('webinar.questions.answered')}</h3>
            <ul>
              {answered.map((question) => (
                <QuestionRow key={question.id} question={question} answers={false} />
              ))}
            </ul>
          </section>
        )}
        {open.length + answered.length === 0 && (
          <p className={styles.empty}>
            {t(audience ? 'webinar.questions.emptyAudience' : 'webinar.questions.empty')}
          </p>
        )}
      </div>
    </SidePanel>
  );
}

function Ask() {
  const { t } = useTranslation();
  const { questions } = useConversation();
  const [text, setText] = useState('');
  const tooLong = [...text].length > QUESTION_LIMITS.question;
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (questions.ask(text)) setText('');
  };
  return (
    <form className={styles.ask} onSubmit={ask}>
      <TextArea
        prose
        rows={3}
        label={t('webinar.questions.label')}
        help={t('webinar.questions.help')}
        value={text}
        onChange={setText}
        error={tooLong ? t('webinar.questions.tooLong', { max: QUESTION_LIMITS.question }) : null}
      />
      <Button type="submit" look="primary" wide isDisabled={text.trim() === '' || tooLong}>
        {t('webinar.questions.send')}
      </Button>
    </form>
  );
}
