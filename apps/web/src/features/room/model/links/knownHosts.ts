/** Names that are imitated most: what people sign in to, pay with and work with. As they are registered. */
export const WELL_KNOWN_HOSTS: readonly string[] = `
adobe.com airbnb.com aliexpress.com amazon.com americanexpress.com apple.com asana.com atlassian.com auth0.com
bankofamerica.com barclays.co.uk binance.com bitbucket.org bitwarden.com blockchain.com booking.com box.com
canva.com chase.com cisco.com citibank.com cloudflare.com coinbase.com commerzbank.com credit-agricole.fr
deutsche-bank.de dhl.com discord.com docusign.com dropbox.com duckduckgo.com ebay.com etsy.com evernote.com
facebook.com fedex.com figma.com github.com gitlab.com gmail.com google.com googleapis.com gov.uk hotmail.com hsbc.com
icloud.com ing.com instagram.com intuit.com jira.com kraken.com lastpass.com linkedin.com live.com lloydsbank.com
mastercard.com messenger.com metamask.io microsoft.com microsoftonline.com mozilla.org netflix.com notion.so npmjs.com
office.com office365.com okta.com onedrive.com openai.com oracle.com outlook.com paypal.com
postbank.de proton.me protonmail.com quickbooks.com reddit.com revolut.com roblox.com salesforce.com santander.com
sharepoint.com shopify.com slack.com snapchat.com sparkasse.de spotify.com stackoverflow.com steamcommunity.com
steampowered.com stripe.com telegram.org tiktok.com trello.com twitch.tv twitter.com ubisoft.com ups.com usps.com
venmo.com visa.com volksbank.de walmart.com wellsfargo.com westernunion.com wetransfer.com whatsapp.com wikipedia.org
wise.com yahoo.com youtube.com zendesk.com zoom.us`
  .trim()
  .split(/\s+/);

/** Real names that look like one of those, or carry one in them for good reasons. */
export const HARMLESS_HOSTS: ReadonlySet<string> = new Set(
  `amazon-adsystem.com amazonaws.com apple-cloudkit.com discord.gg discordapp.com github.io githubusercontent.com
  goggle.com google-analytics.com googleusercontent.com googlevideo.com translate.goog wikimedia.org`.split(
    /\s+/,
  ),
);

/** Words of the language that are known names, or one letter off: a slip or a word beside them proves nothing. */
export const ORDINARY_WORDS: ReadonlySet<string> = new Set(
  `booking booming chase cooking coracle discard finance goggle live looking messenger motion nation notions
  office officer oracle outlook photon revolt strike strip stripe stride strive switch visa wise witch zoom`.split(
    /\s+/,
  ),
);

/** Services that hide where a link leads. Those that lead to one service alone (youtu.be, aka.ms) are not among them. */
export const SHORTENERS: ReadonlySet<string> = new Set(
  `adf.ly bit.do bit.ly bitly.com bitly.ws bl.ink buff.ly cl.ly clck.ru clickmeter.com cutt.ly db.tt dlvr.it
  fb.me geni.us gg.gg goo.gl goo.su hyperurl.co ift.tt is.gd j.mp kutt.it linktr.ee lnk.to lnkd.in mcaf.ee
  n9.cl ouo.io ow.ly po.st qr.ae qrco.de rb.gy rebrand.ly s.id s2r.co shor.by shorte.st short.gy short.io
  shorturl.at shrtco.de smarturl.it snip.ly soo.gd surl.li t.co t.ly t2m.io tiny.cc tiny.one tinyurl.com tr.im
  trib.al u.to urlz.fr urlzs.com v.gd vk.cc x.gd yourls.org zpr.io`.split(/\s+/),
);

/** Endings under countries below which anybody can register: `example.co.uk` is one name. */
const secondLevel = /^(?:ac|co|com|edu|gen|go|gob|gouv|gov|id|info|ltd|me|mil|ne|net|nom|or|org|plc|sch)$/;

/** The part of a host that somebody has registered: a rule of thumb in place of the Public Suffix List's 200 kB. */
export function registeredName(host: string): string {
  const labels = host.split('.');
  const [second = '', top = ''] = labels.slice(-2);
  const deep = labels.length > 2 && top.length === 2 && secondLevel.test(second);
  return labels.slice(deep ? -3 : -2).join('.');
}
