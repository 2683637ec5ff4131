import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Abi, type AbiEvent, encodeAbiParameters, encodeEventTopics } from 'viem'

const ABI_FOLDER = path.resolve(__dirname, '../../abi')

function readAbi(name: string): Abi {
  return JSON.parse(readFileSync(path.join(ABI_FOLDER, name), 'utf8'))
}

/** Every event of the reference contract and of ERC-2309, by its name. */
export const ABI_EVENTS: ReadonlyMap<string, AbiEvent> = new Map(
  [...readAbi('DeviceNFT.json'), ...readAbi('ERC2309.json')]
    .filter((item): item is AbiEvent => item.type === 'event')
    .map((event) => [event.name, event]),
)

/** The topics and data of an event of the reference contract, as the chain would carry them. */
export function encodeLog(name: string, args: Record<string, unknown>) {
  const event = ABI_EVENTS.get(name)
  if (event === undefined) throw new Error(`no event ${name} in abi/`)
  const plain = event.inputs.filter((input) => !input.indexed)
  const topics = encodeEventTopics({ abi: [event], eventName: name, args })
  const data = encodeAbiParameters(
    plain,
    plain.map((input) => args[input.name ?? '']),
  )
  return { topics: topics.map(String), data }
}
