import type { Danger } from './danger.ts';
import type { Family } from './fileTypes.ts';

const words = (text: string): readonly string[] => text.split(' ');

/** What systems run, install or mount when such a name is opened, whatever its content. */
const dangers: Readonly<Partial<Record<Danger, readonly string[]>>> = {
  program: words(
    'exe com scr pif cpl msi msp mst msix msixbundle appx appxbundle application appref-ms dll ocx sys drv gadget ' +
      'lnk url scf library-ms search-ms settingcontent-ms website desktop chm hlp jar jnlp apk aab ipa xapk xpi crx ' +
      'app dmg pkg mpkg deb rpm snap flatpak flatpakref appimage run bin elf iso img vhd vhdx udf wim one onepkg ' +
      'swf class wasm xll ade adp mde accde accda msc diagcab theme themepack rdp reg inf ins isp',
  ),
  script: words(
    'bat cmd ps1 ps1xml psm1 psd1 pssc cdxml vb vbs vbe js jse mjs cjs ws wsf wsh wsc sct sh bash zsh csh ksh fish ' +
      'command tool workflow scpt scptd applescript py pyw pyc pyz pyzw pl rb php phtml ahk au3 action iqy oqy rqy dqy slk',
  ),
  active: words('htm html xhtml xht shtml mht mhtml hta svg svgz xsl xslt'),
  macros: words('docm dotm xlsm xltm xlam xlsb xla pptm potm ppam ppsm ppa sldm'),
};

const families: Readonly<Partial<Record<Family, readonly string[]>>> = {
  image: words('png jpg jpeg jfif gif webp bmp tif tiff avif heic heif'),
  media: words('mp3 m4a aac wav flac ogg oga opus mp4 m4v mov webm mkv avi'),
  pdf: words('pdf'),
  document: words('doc docx dot dotx xls xlsx xlt xltx ppt pptx pps ppsx odt ods odp odg rtf epub'),
  archive: words('zip 7z rar gz tgz xz txz bz2 tbz2 zst tar'),
  text: words('txt csv tsv log md'),
};

const dangerByEnding = byWord(dangers);
const familyByEnding = byWord(families);

/** @param extension in lower case, without the dot */
export function dangerOfExtension(extension: string): Danger | null {
  return dangerByEnding.get(extension) ?? null;
}

/** Null where the ending promises nothing that we know. */
export function familyOfExtension(extension: string): Family | null {
  return familyByEnding.get(extension) ?? null;
}

function byWord<K extends string>(
  table: Readonly<Partial<Record<K, readonly string[]>>>,
): ReadonlyMap<string, K> {
  const keys = Object.keys(table) as K[];
  return new Map(keys.flatMap((key) => (table[key] ?? []).map((word) => [word, key] as const)));
}
