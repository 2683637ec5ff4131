import type { IdentifierReader, Reading } from './identifier'
import { fault, note } from './problem'

const LINK = /^https?:\/\//i
/** Link of a certificate of ownership: token id, and behind the comma a secret. */
const CERTIFICATE = /^https?:\/\/(?:[a-z0-9-]+\.)?arian\.ee\/(\d{1,78}),/i

/**
 * A link that is no GS1 Digital Link. The secret of a certificate link gives the holder's rights to
 * whoever has it: it is neither read nor told.
 */
export const readOtherLink: IdentifierReader = (text): Reading | undefined => {
  if (!LINK.test(text)) return undefined
  const tokenId = CERTIFICATE.exec(text)?.[1]
  if (tokenId === undefined) {
    const message = 'a link without a GS1 key in its path, such as /01/ and a GTIN'
    const problem = fault('NOT_AN_IDENTIFIER', 1, message)
    return { syntax: 'UNREADABLE', problems: [problem], keys: [] }
  }
  const message = `a certificate of token ${tokenId}, whose contract the link does not name`
  return {
    syntax: 'CERTIFICATE_LINK',
    details: { tokenId },
    problems: [note('CONTRACT_NOT_NAMED', null, `${message}: ask for contract/${tokenId}`)],
    keys: [],
  }
}
