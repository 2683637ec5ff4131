import { Command } from 'commander'
import { type Claims, verify } from '../client/commands/verify'
import { askServer, asksServer, type ServerOptions } from './ask-server'

const EXIT_CODES = `
   0  GENUINE        10 RECALLED   11 DECOMMISSIONED  12 EXPIRED    13 MISMATCH
  14  SUSPECT        15 AMBIGUOUS  16 UNKNOWN         17 INVALID
  Only 0 says that nothing speaks against the unit. SUSPECT and MISMATCH go before RECALLED:
  "open recalls" names every open recall of the unit, whatever the verdict.
`

const EXAMPLES = `
  devicetrail verify "(01)09520000001018(21)PDR250026"
  devicetrail verify demo-26 --lot PDR-2502 --holder "Clinique du Lac"
  devicetrail verify demo-26 > /dev/null && echo "may be used"
  devicetrail verify -- "-an identifier that begins with a dash"
`

/** `devicetrail verify` */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('Is this unit genuine? Takes anything that can be scanned or typed.')
    .argument('<identifier>', 'UDI, Digital Link, serial, device id, contract/token…')
    .option('--udi-di <udiDi>', 'the label says this UDI-DI')
    .option('--serial <serial>', 'the label says this serial')
    .option('--lot <lot>', 'the label says this lot')
    .option('--manufactured <date>', 'the label says it was made on this day, YYYY-MM-DD')
    .option('--expires <date>', 'the label says it expires on this day, YYYY-MM-DD')
    .option('--holder <holder>', 'the seller says this party holds it: address or name')
    .action(run)
  return asksServer(command, EXIT_CODES, EXAMPLES)
}

interface VerifyOptions extends ServerOptions {
  udiDi?: string
  serial?: string
  lot?: string
  manufactured?: string
  expires?: string
  holder?: string
}

function run(identifier: string, options: VerifyOptions): Promise<never> {
  return askServer(options, (server, style, terminal) => {
    return verify(server, { identifier, claims: claimsOf(options) }, style, terminal)
  })
}

function claimsOf({ udiDi, serial, lot, manufactured, expires, holder }: VerifyOptions): Claims {
  return {
    ...(udiDi === undefined ? {} : { udiDi }),
    ...(serial === undefined ? {} : { serial }),
    ...(lot === undefined ? {} : { lot }),
    ...(manufactured === undefined ? {} : { manufacturedOn: manufactured }),
    ...(expires === undefined ? {} : { expiresOn: expires }),
    ...(holder === undefined ? {} : { holder }),
  }
}
