import type { Danger } from './danger.ts';

/** What a name's ending promises. */
export type Family = 'image' | 'media' | 'pdf' | 'document' | 'archive' | 'text' | 'unknown';

export interface FileType {
  readonly mediaType: string;
  readonly family: Family;
  /** Null: passed on. */
  readonly danger: Danger | null;
}

const fine = (mediaType: string, family: Family): FileType => ({ mediaType, family, danger: null });
const refused = (mediaType: string, danger: Danger): FileType => ({ mediaType, family: 'unknown', danger });

/** The policy: each content that we can tell, and whether it is passed on. What cannot be told is, as unknown. */
export const FILE_TYPES = {
  png: fine('image/png', 'image'),
  jpeg: fine('image/jpeg', 'image'),
  gif: fine('image/gif', 'image'),
  webp: fine('image/webp', 'image'),
  bmp: fine('image/bmp', 'image'),
  tiff: fine('image/tiff', 'image'),
  avif: fine('image/avif', 'image'),
  heic: fine('image/heic', 'image'),
  mp4: fine('video/mp4', 'media'),
  matroska: fine('video/webm', 'media'),
  avi: fine('video/x-msvideo', 'media'),
  wav: fine('audio/wav', 'media'),
  mp3: fine('audio/mpeg', 'media'),
  aac: fine('audio/aac', 'media'),
  flac: fine('audio/flac', 'media'),
  ogg: fine('audio/ogg', 'media'),
  pdf: fine('application/pdf', 'pdf'),
  rtf: fine('application/rtf', 'document'),
  officeOpenXml: fine('application/vnd.openxmlformats-officedocument', 'document'),
  openDocument: fine('application/vnd.oasis.opendocument', 'document'),
  compound: fine('application/x-ole-storage', 'document'),
  epub: fine('application/epub+zip', 'document'),
  zip: fine('application/zip', 'archive'),
  gzip: fine('application/gzip', 'archive'),
  sevenZip: fine('application/x-7z-compressed', 'archive'),
  rar: fine('application/vnd.rar', 'archive'),
  xz: fine('application/x-xz', 'archive'),
  bzip2: fine('application/x-bzip2', 'archive'),
  zstandard: fine('application/zstd', 'archive'),
  tar: fine('application/x-tar', 'archive'),
  text: fine('text/plain', 'text'),
  unknown: fine('application/octet-stream', 'unknown'),

  windowsProgram: refused('application/vnd.microsoft.portable-executable', 'program'),
  linuxProgram: refused('application/x-elf', 'program'),
  macProgram: refused('application/x-mach-binary', 'program'),
  webAssembly: refused('application/wasm', 'program'),
  androidProgram: refused('application/vnd.android.package-archive', 'program'),
  javaProgram: refused('application/java-archive', 'program'),
  windowsInstaller: refused('application/x-msi', 'program'),
  windowsApp: refused('application/appx', 'program'),
  windowsShortcut: refused('application/x-ms-shortcut', 'program'),
  windowsHelp: refused('application/vnd.ms-htmlhelp', 'program'),
  oneNote: refused('application/onenote', 'program'),
  browserExtension: refused('application/x-chrome-extension', 'program'),
  linuxPackage: refused('application/x-linux-package', 'program'),
  macPackage: refused('application/x-xar', 'program'),
  diskImage: refused('application/x-iso9660-image', 'program'),
  script: refused('text/x-script', 'script'),
  webPage: refused('text/html', 'active'),
  drawing: refused('image/svg+xml', 'active'),
  macros: refused('application/vnd.ms-office.macros', 'macros'),
  brokenArchive: refused('application/zip', 'unclear'),
} as const satisfies Record<string, FileType>;

export type FileTypeName = keyof typeof FILE_TYPES;
