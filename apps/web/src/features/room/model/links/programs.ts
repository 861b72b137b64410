/** Endings of files that a computer runs, or mounts and then runs. */
const programs: ReadonlySet<string> = new Set(
  `apk app appimage appinstaller appx bat bin cmd cpl crx deb dll dmg docm exe gadget hta img inf ins ipa iso jar
  jnlp jse lnk msc msi msix msp mst pif pkg pptm ps1 psm1 reg rpm run scf scr sct url vb vbe vbs vhd vhdx ws wsc wsf
  wsh xll xlsm xpi`.split(/\s+/),
);
/** Scripts: many a page about programming is named like one, so hosts of such pages are left out. */
const scripts: ReadonlySet<string> = new Set(['js', 'mjs', 'sh', 'py', 'command']);
const scriptPages: ReadonlySet<string> = new Set(
  `bitbucket.org cdnjs.com cdnjs.cloudflare.com codeberg.org github.com gist.github.com gitlab.com jsdelivr.com
  cdn.jsdelivr.net npmjs.com www.npmjs.com npmx.dev libraries.io unpkg.com esm.sh wikipedia.org bundlephobia.com
  sr.ht developer.mozilla.org stackoverflow.com docs.python.org`.split(/\s+/),
);
/** Where a host of code shows a file as a page in place of sending it. */
const shown = /\/(?:blob|blame|tree|edit|commits?|src|-\/raw)\//;

/** Whether an address ends in a program: in its path, or as the name of a file among its parameters. */
export function leadsToProgram(url: URL): boolean {
  if (shown.test(url.pathname)) return false;
  const ending = endingOf(url.pathname);
  if (programs.has(ending)) return true;
  if (scripts.has(ending)) return !isScriptPage(url.hostname);
  for (const [key, value] of url.searchParams)
    if (/file|name|download|path/i.test(key) && programs.has(endingOf(value))) return true;
  return false;
}

function endingOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot < 1 ? '' : decodeEnding(name.slice(dot + 1)).toLowerCase();
}

/** Trailing blanks and dots are dropped as Windows does. */
function decodeEnding(text: string): string {
  try {
    return decodeURIComponent(text).replace(/[\s.]{1,8}$/, '');
  } catch {
    return text;
  }
}

function isScriptPage(host: string): boolean {
  if (scriptPages.has(host)) return true;
  const dot = host.indexOf('.');
  return scriptPages.has(host.slice(dot + 1));
}
