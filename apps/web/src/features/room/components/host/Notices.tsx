import './texts.ts';
import type { Meeting, ModerationNotice } from '@conclave/client';
import { type MeetingOrders, NO_ORDERS } from '@conclave/protocol';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '../../../../ui/toasts.ts';
import { type OrderNews, orderNews } from '../../model/orderNews.ts';

/** One decision of the server comes in several messages. */
const sameMomentMs = 1_000;
const settlesMs = 150;

/** Says who did what: to oneself, and for all. Toasts are read out. */
export function Notices({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation();
  const ordered = useRef({ at: Number.NEGATIVE_INFINITY, held: NO_ORDERS.held });
  const tell = useEffectEvent((notice: ModerationNotice) => {
    // Whether it may be turned on again is told a moment after it was stopped.
    if (notice.type === 'moderated' && notice.what === 'stopped') setTimeout(() => say(notice), settlesMs);
    else say(notice);
  });
  const say = useEffectEvent((notice: ModerationNotice) => {
    for (const text of textsOf(notice)) showToast(text);
  });
  useEffect(() => meeting.moderation.onNotice((notice) => tell(notice)), [meeting]);
  return null;

  function textsOf(notice: ModerationNotice): readonly string[] {
    switch (notice.type) {
      case 'reported': {
        const { name, by, reason } = notice;
        return [t('host.by.reported', { name, by, reason: t(`host.report.${reason}`) })];
      }
      case 'moderated':
        return toYou(notice);
      case 'orders':
        // Whoever did it sees it where they did it.
        if (notice.own) return [];
        if (isLit(notice.after) && !isLit(notice.before))
          return [t('host.toYou.spotlight', { name: notice.by ?? t('host.somebody') })];
        ordered.current = { at: performance.now(), held: notice.after.held };
        return orderNews(notice.before, notice.after)
          .filter((news) => news !== 'spotlightOver' || notice.by !== null)
          .map((news) => orderText(news, notice.by ?? t('host.somebody')));
    }
  }

  function isLit({ spotlight }: MeetingOrders): boolean {
    return spotlight.some((id) => id === meeting.state.get().selfId);
  }

  function toYou({ what, sources, by }: Extract<ModerationNotice, { type: 'moderated' }>): readonly string[] {
    const name = by === '' ? t('host.somebody') : by;
    if (what === 'held' || what === 'given') {
      // What was said of all a moment ago need not be said again of oneself.
      const { at, held } = ordered.current;
      const isSaid = sources.every((source) => held[source] === (what === 'held'));
      if (isSaid && performance.now() - at < sameMomentMs) return [];
    }
    if (what === 'appointed' || what === 'dismissed') return [t(`host.toYou.${what}`, { name })];
    // A dialog asks.
    if (what === 'asked') return [];
    if (what === 'taken-back') return [t('host.toYou.takenBack', { name })];
    if (what !== 'stopped' && sources.length > 1) return [t(`host.toYou.${what}.several`, { name })];
    const { allowed } = meeting.state.get();
    return sources.map((source) =>
      t(`host.toYou.${what === 'stopped' && !allowed[source] ? 'ended' : what}.${source}`, { name }),
    );
  }

  function orderText(news: OrderNews, name: string): string {
    switch (news) {
      case 'held.microphone':
      case 'held.camera':
      case 'held.screen':
      case 'free.microphone':
      case 'free.camera':
      case 'free.screen':
        return t(`host.by.${news}`, { name });
      default:
        return t(`host.by.${news}`, { name });
    }
  }
}
