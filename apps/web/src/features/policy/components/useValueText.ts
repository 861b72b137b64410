import { isMeetingSetting, type Policy, type SettingId } from '@conclave/protocol';
import { useTranslation } from 'react-i18next';

/** A value of a setting in words, for where it is told and not edited. */
export function useValueText(): (id: SettingId, policy: Policy) => string {
  const { t } = useTranslation();
  const word = (id: SettingId, value: string | number | null): string => {
    if (id === 'participants') return t('policy.values.people', { count: Number(value) });
    if (id === 'passwordLength') return t('policy.values.characters', { count: Number(value) });
    if (typeof value === 'number') return t('policy.values.days', { count: value });
    if (value === null) return t('policy.keep');
    if (value === '') return t('policy.values.nothing');
    const known: unknown = t(`policy.values.${id}` as 'policy.values.chat', { returnObjects: true });
    const words = typeof known === 'object' && known !== null ? (known as Record<string, string>) : {};
    return words[value] ?? (id === 'newAccountRole' ? t('policy.values.newAccountRole.other') : value);
  };
  return (id, policy) => {
    const value = policy[id];
    if (Array.isArray(value)) return value.map((one) => word(id, one)).join(', ');
    if (typeof value !== 'object' || value === null) return word(id, value);
    if (value.mode === 'off') return t('policy.modes.off');
    if (!isMeetingSetting(id)) return '';
    return `${word(id, value.value)} (${t(`policy.modes.${value.mode}`)})`;
  };
}
