import type { Device, Owner } from '../questions/entities'
import { type ColumnOf, text, time } from '../report/report'

/** What a row says of a device: `device`, `model`, `udiDi`, `serial`, `lot`, `expiresOn`. */
export function deviceColumns<Row>(of: (row: Row) => Device | null): ColumnOf<Row>[] {
  return [
    text('device', (row) => of(row)?.id ?? null),
    text('model', (row) => of(row)?.model?.name ?? null),
    text('udiDi', (row) => of(row)?.model?.udiDi ?? null),
    text('serial', (row) => of(row)?.serial ?? null),
    text('lot', (row) => of(row)?.lot ?? null),
    time('expiresOn', (row) => of(row)?.expiresOn ?? null),
  ]
}

/** Where a device is at present, whatever point the answer is about. */
export function presentColumns<Row>(of: (row: Row) => Device | null): ColumnOf<Row>[] {
  return [
    text('dispositionNow', (row) => of(row)?.disposition ?? null),
    text('holderNow', (row) => nameOf(of(row)?.owner ?? null)),
    text('holderNowId', (row) => of(row)?.owner?.id ?? null),
  ]
}

/** Who somebody is: `{key}`, `{key}Kind`, `{key}Gln`, `{key}Id`. */
export function ownerColumns<Row>(key: string, of: (row: Row) => Owner | null): ColumnOf<Row>[] {
  return [
    text(key, (row) => nameOf(of(row))),
    text(`${key}Kind`, (row) => of(row)?.kind ?? null),
    text(`${key}Gln`, (row) => of(row)?.gln ?? null),
    text(`${key}Id`, (row) => of(row)?.id ?? null),
  ]
}

/** The directory does not name everybody; the address always stands beside it. */
function nameOf(party: { name: string | null } | null): string | null {
  return party === null ? null : (party.name ?? 'not in the directory')
}
