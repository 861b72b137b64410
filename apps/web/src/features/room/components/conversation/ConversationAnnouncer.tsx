import '../chat/texts.ts';
import type { ConversationNotice, Meeting } from '@conclave/client';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '../../../../ui/toasts.ts';
import { conversationNews, type TalkNews, talked } from '../../model/conversationNews.ts';
import { reactionNames } from '../../model/reactionNames.ts';

const noticeTexts = {
  'hand-lowered': 'conversation.handLowered',
  'command-failed': 'conversation.commandFailed',
  'edit-failed': 'talk.editFailed',
  'poll-failed': 'talk.pollFailed',
} as const satisfies Record<ConversationNotice, string>;

/** Tells screen readers what is written, raised and reacted, and everybody what has become of their own hand. */
export function ConversationAnnouncer(props: { readonly meeting: Meeting; readonly chatOpen: boolean }) {
  const { meeting, chatOpen } = props;
  const { t } = useTranslation();
  const [said, setSaid] = useState({ id: 0, text: '' });

  const textOf = useEffectEvent((news: TalkNews): string => {
    switch (news.says) {
      case 'private':
        return t('talk.says.private', { name: news.name, text: news.text });
      case 'poll':
        return t('talk.says.poll', { name: news.name, question: news.question });
      case 'pollEnded':
        return t('talk.says.pollEnded', { question: news.question });
      case 'message':
        return t('conversation.says.message', { name: news.name, text: news.text });
      case 'handUp': {
        const { participants } = meeting.state.get();
        const name = participants.find(({ id }) => id === news.participantId)?.name;
        return name === undefined ? '' : t('conversation.says.handUp', { name });
      }
      case 'reaction': {
        const reaction = t(`conversation.reaction.${reactionNames[news.reaction]}`);
        return news.name === '' ? reaction : t('conversation.says.reaction', { name: news.name, reaction });
      }
      default:
        return t(`conversation.says.${news.says}`, { count: news.count });
    }
  });
  const isChatOpen = useEffectEvent(() => chatOpen);

  useEffect(() => {
    const { conversation } = meeting;
    let before = talked(conversation);
    const listen = () => {
      const after = talked(conversation);
      const news = conversationNews(before, after, meeting.state.get().selfId, isChatOpen());
      before = after;
      if (news.length === 0) return;
      const text = news.map(textOf).join(' ');
      setSaid(({ id }) => ({ id: id + 1, text }));
    };
    const stops = [
      conversation.chat.subscribe(listen),
      conversation.hands.subscribe(listen),
      conversation.polls.subscribe(listen),
      conversation.reactions.subscribe(listen),
      conversation.onNotice((notice) => showToast(t(noticeTexts[notice]))),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [meeting, t]);

  return (
    <div className="visually-hidden" aria-live="polite">
      <p key={said.id}>{said.text}</p>
    </div>
  );
}
