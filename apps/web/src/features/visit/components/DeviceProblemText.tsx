import './problemTexts.ts';
import type { DeviceProblem } from '@conclave/client';
import { useTranslation } from 'react-i18next';

/** Hardly anybody meets one, so its words are fetched when there is one. */
export default function DeviceProblemText(props: {
  readonly device: 'camera' | 'microphone' | 'screen';
  readonly problem: DeviceProblem;
}) {
  const { t } = useTranslation();
  return <>{t(`visit.problems.${props.device}.${props.problem}`)}</>;
}
