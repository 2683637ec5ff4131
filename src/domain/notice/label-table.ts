/**
 * What a label says of the values after it:
 * - `udiDi`, `model`, `lot`, `serial`, `version`: identifiers of that kind;
 * - `expiry`, `made`: dates;
 * - `other`: numbers that name no device, such as a quantity or the number of an order;
 * - `unclear`: labels that stand together, such as "Lot/Serial" or the head of a table.
 */
export type LabelField =
  | 'udiDi'
  | 'model'
  | 'lot'
  | 'serial'
  | 'version'
  | 'expiry'
  | 'made'
  | 'other'
  | 'unclear'

type Phrases = readonly string[]

/** Labels as FDA notices print them. Words in lower case; a phrase is tried longest first. */
const PHRASES: Readonly<Record<Exclude<LabelField, 'unclear'>, Phrases>> = {
  udiDi: [
    'udi - di|udi / di|udi-di|udi/di|udi di|udi-dis|udi|udis|di|dis|primary di|upn',
    'gtin|gtins|gtin-14|gtin-13|gtin-12|ean|upc|device identifier|device identifiers',
    'udi-device identifier|unique device identifier|unique device identification',
  ],
  lot: ['lot|lots|batch|batches|batch lot|lot batch'],
  serial: ["serial|serials|ser|sn|sns|s/n|s/ns|s/n's"],
  model: [
    'model|models|catalog|catalogue|catalogs|catalogues|cat|ref|refs|reference|references',
    'part|parts|p/n|p/ns|pn|pns|ln|lns|cfn|sku|skus|model catalog',
  ],
  version: ['version|versions|software version|software versions|firmware version|sw version'],
  expiry: [
    'exp|expiry|expiration|expires|expire|expiring|exp date|exp dates|expiry date|expiry dates',
    'expiration date|expiration dates|use by|use-by|use before|sell by|best before',
    'sell by dates|use by dates|use-by date|use by date',
  ],
  made: [
    'manufactured|made|mfd|mfg|mfg date|manufacturing date|manufacturing dates|manufacture date',
    'manufacture dates|date of manufacture|dates of manufacture|production date|production dates',
    'manufactured date|dom',
  ],
  other: [
    'system id|system ids|ndc|ndcs|qty|quantity|quantities|date code|date codes|po|invoice',
    'purchase order|sales order|work order|customer|account|pallet|phone|telephone|tel|fax',
    'capa|bulletin|fsn|fsca|pma',
  ],
}

/** Words that are labels only before "number", "no.", "code" or "#": alone they are prose. */
const NEED_TAIL: Phrases = [
  'product|products|item|items|list|lists|material|materials|article|articles|style',
]

/** What follows the head of a label and belongs to it. */
export const LABEL_TAILS: ReadonlySet<string> = new Set(
  'number|numbers|no|nos|num|nums|nbr|nr|code|codes|id|ids'.split('|'),
)

/** Every phrase, and what it labels. */
export const LABELS = new Map<string, { field: LabelField; needsTail: boolean }>()
for (const [field, phrases] of Object.entries(PHRASES)) addLabels(field, phrases, false)
addLabels('model', NEED_TAIL, true)

function addLabels(field: string, phrases: Phrases, needsTail: boolean): void {
  if (!isField(field)) return
  for (const phrase of phrases.join('|').split('|')) LABELS.set(phrase, { field, needsTail })
}

function isField(field: string): field is LabelField {
  return field in PHRASES
}

/** As many tokens as the longest phrase has. */
export const PHRASE_TOKENS_MAX = 3

/** Words that begin a label. */
export const LABEL_BEGINNINGS: ReadonlySet<string> = new Set(
  [...LABELS.keys()].map((phrase) => phrase.split(' ')[0] ?? phrase),
)
