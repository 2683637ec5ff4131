/** What two units with one identity have in common, as SQL expressions. */
interface Identity {
  /** `{UDI-DI}|{serial}` */
  identityKey: string
  udiDiKey: string
  serialKey: string
}

/**
 * The units of an identity, each once: `id`, `contract`, `token_id`.
 *
 * A unit has its identity key from its mint. Where its model was submitted later it has none, so
 * such units are found through the models of the UDI-DI; they are few, while thousands of models
 * may share a serial. A UDI-DI of blanks is none.
 */
export function unitsOfIdentity({ identityKey, udiDiKey, serialKey }: Identity): string {
  // A key made of two columns has the collation of one of them, which the index must not have.
  return `
    SELECT keyed.id, keyed.contract, keyed.token_id FROM device AS keyed
    WHERE keyed.identity_key = (${identityKey}) COLLATE "default"
    UNION ALL
    SELECT unit.id, unit.contract, unit.token_id
    FROM device_model AS its_model JOIN device AS unit ON unit.model_id = its_model.id
    WHERE its_model.udi_di_key = ${udiDiKey} AND its_model.udi_di_key <> ''
      AND unit.serial_key = ${serialKey} AND unit.identity_key IS NULL`
}
