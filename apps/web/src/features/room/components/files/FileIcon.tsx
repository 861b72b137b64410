import { File, FileArchive, FileImage, FileMusic, FileText, FileVideo } from 'lucide-react';

/** What kind of file it is, by its content. Never a picture of it: nothing of a file is drawn. */
export function FileIcon({ mediaType }: { readonly mediaType: string | null }) {
  const Icon = iconOf(mediaType ?? '');
  return <Icon size={24} strokeWidth={1.75} aria-hidden="true" />;
}

function iconOf(mediaType: string) {
  if (mediaType.startsWith('image/')) return FileImage;
  if (mediaType.startsWith('video/')) return FileVideo;
  if (mediaType.startsWith('audio/')) return FileMusic;
  if (/zip|gzip|7z|rar|x-xz|bzip|zstd|tar/.test(mediaType)) return FileArchive;
  if (/^text\/|pdf|rtf|document|ole/.test(mediaType)) return FileText;
  return File;
}
