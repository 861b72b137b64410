import './texts.ts';
import type { Meeting, SharedFile } from '@conclave/client';
import { Download, Undo2, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../ui/Button.tsx';
import { cx } from '../../../../ui/cx.ts';
import { IconButton } from '../../../../ui/IconButton.tsx';
import { fileSize } from '../../model/fileSize.ts';
import { saveFile } from '../../model/saveFile.ts';
import { FileIcon } from './FileIcon.tsx';
import styles from './FileRow.module.css';
import { FileStateText } from './FileStateText.tsx';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** One file: what it is, from whom, how far it is, and what can be done with it. */
export function FileRow({ file, meeting }: { readonly file: SharedFile; readonly meeting: Meeting }) {
  const { id, name, from, at, state } = file;
  const { t } = useTranslation();
  const { unit, value } = fileSize(file.size);
  const icon = { size: 18, 'aria-hidden': true } as const;
  const canSave = !from.self && ['offered', 'received', 'failed'].includes(state.name);
  const save = async () => {
    const content = await meeting.downloadFile(id);
    if (content !== null) saveFile(content, name);
  };
  return (
    <div className={cx(styles.row, state.name === 'withdrawn' && styles.gone)}>
      <FileIcon mediaType={file.mediaType} />
      <div className={styles.words}>
        <p className={styles.name} dir="auto">
          {name}
        </p>
        <p className={styles.facts}>
          <span>{t(`files.size.${unit}`, { value })}</span>
          <bdi className={styles.from}>{from.self ? t('files.you') : from.name}</bdi>
          {from.isGuest && <span className={styles.guest}>{t('room.guest')}</span>}
          <time dateTime={new Date(at).toISOString()}>{clock.format(at)}</time>
        </p>
        <FileStateText file={file} />
      </div>
      {isUnderWay(file) && (
        <IconButton name={t('files.cancelOf', { name })} onPress={() => meeting.cancelFile(id)}>
          <X {...icon} />
        </IconButton>
      )}
      {from.self && state.name === 'failed' && (
        <IconButton name={t('files.dismissOf', { name })} onPress={() => meeting.cancelFile(id)}>
          <X {...icon} />
        </IconButton>
      )}
      {from.self && state.name === 'sent' && (
        <IconButton name={t('files.withdrawOf', { name })} onPress={() => meeting.withdrawFile(id)}>
          <Undo2 {...icon} />
        </IconButton>
      )}
      {canSave && (
        <div className={styles.save}>
          <Button
            aria-label={t(state.name === 'received' ? 'files.saveAgainOf' : 'files.saveOf', { name })}
            icon={<Download {...icon} />}
            onPress={() => void save()}
          >
            {state.name === 'received' ? t('files.saveAgain') : t('files.save')}
          </Button>
        </div>
      )}
    </div>
  );
}

function isUnderWay({ state: { name } }: SharedFile): boolean {
  return name === 'preparing' || name === 'waiting' || name === 'sending' || name === 'receiving';
}
