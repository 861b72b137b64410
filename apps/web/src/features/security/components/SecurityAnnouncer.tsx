import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Concern, type Shield, shieldNews } from '../model/shield.ts';
import { useReasonText } from './useReasonText.ts';

/** Tells screen readers when the shield changes its colour, and why. */
export function SecurityAnnouncer(props: {
  readonly shield: Shield;
  readonly nameOf: (participantId: string) => string;
}) {
  const { shield, nameOf } = props;
  const { t } = useTranslation();
  const reasonText = useReasonText(nameOf);
  const before = useRef(shield);
  /** The first keys are not news: nothing was there before. */
  const wasSecured = useRef(false);
  const [said, setSaid] = useState<{ readonly id: number; readonly text: string }>({ id: 0, text: '' });
  const textOf = useRef((_: 'forming' | 'secured' | Concern): string => '');
  textOf.current = (news) => (typeof news === 'string' ? t(`security.says.${news}`) : reasonText(news, 1));

  useEffect(() => {
    const news = wasSecured.current ? shieldNews(before.current, shield) : [];
    before.current = shield;
    wasSecured.current ||= shield.level !== 'forming';
    if (news.length === 0) return;
    setSaid(({ id }) => ({ id: id + 1, text: news.map((one) => textOf.current(one)).join(' ') }));
  }, [shield]);

  return (
    <div className="visually-hidden" aria-live="polite">
      <p key={said.id}>{said.text}</p>
    </div>
  );
}
