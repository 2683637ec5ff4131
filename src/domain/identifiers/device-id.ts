import type { IdentifierReader } from './identifier'
import { serialOrLotKeys } from './lookup-keys'
import { isTokenId } from './token-id'

const DEVICE_ID = /^[a-z][a-z0-9]{0,31}-(0|[1-9]\d*)$/

/** Whether a text is our id of a device, `{contract}-{tokenId}`. The device need not exist. */
export function isDeviceId(text: string): boolean {
  const tokenId = DEVICE_ID.exec(text)?.[1]
  return tokenId !== undefined && isTokenId(tokenId)
}

/**
 * Our own id, `demo-17`. Serials and lots look like that too (`sn-12`), so the text is looked up as
 * such as well.
 */
export const readDeviceId: IdentifierReader = (text) => {
  if (!isDeviceId(text)) return undefined
  return {
    syntax: 'DEVICE_ID',
    problems: [],
    keys: [{ by: 'DEVICE_ID', deviceId: text }, ...serialOrLotKeys(text)],
  }
}
