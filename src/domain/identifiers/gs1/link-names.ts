/**
 * Keys that a GS1 Digital Link can name, with the qualifiers that may follow them in its path (GS1
 * Digital Link URI Syntax 1.5, section 4).
 */
export const QUALIFIERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['00', []],
  ['01', ['22', '10', '21', '235']],
  ['253', []],
  ['255', []],
  ['401', []],
  ['402', []],
  ['414', ['254', '7040']],
  ['417', ['7040']],
  ['8003', []],
  ['8004', ['7040']],
  ['8006', ['22', '10', '21']],
  ['8010', ['8011']],
  ['8013', []],
  ['8017', ['8019']],
  ['8018', ['8019']],
])

/** Short names of earlier releases of the standard, still met on labels. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['cpid', '8010'],
  ['cpv', '22'],
  ['exp', '17'],
  ['expdt', '17'],
  ['gcn', '255'],
  ['gdti', '253'],
  ['giai', '8004'],
  ['ginc', '401'],
  ['gln', '414'],
  ['gmn', '8013'],
  ['grai', '8003'],
  ['gsin', '402'],
  ['gsrn', '8018'],
  ['gsrnp', '8017'],
  ['gtin', '01'],
  ['itip', '8006'],
  ['lot', '10'],
  ['party', '417'],
  ['ser', '21'],
  ['sscc', '00'],
  ['tpx', '235'],
])

/** The application identifier that a part of a link stands for, or the part itself. */
export function identifierNamed(part: string): string {
  return NAMES.get(part.toLowerCase()) ?? part
}
