import { parseAbi } from 'viem'

const METADATA = 'string metadataUri, bytes32 metadataHash'
const SUBMITTED = 'uint256 indexed modelId, address indexed manufacturer, string udiDi, string name'
const MINTED = 'uint256 indexed tokenId, uint256 indexed modelId, address indexed manufacturer'
const LABEL = 'string serial, string lot, uint32 manufacturedOn, uint32 expiresOn'
const SOLD = 'uint256 indexed tokenId, address indexed seller, address indexed buyer'

/** The events of abi/DeviceNFT.json that the workload holds, in the form that Ponder types. */
export const DEVICE_NFT = parseAbi([
  'event PartyUpdated(address indexed party, uint8 kind, string name, string gln)',
  `event ModelSubmitted(${SUBMITTED}, ${METADATA})`,
  'event ModelApproved(uint256 indexed modelId, address indexed regulator)',
  `event DeviceMinted(${MINTED}, ${LABEL}, ${METADATA})`,
  'event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)',
  'event HandoffStarted(uint256 indexed tokenId, address indexed from, address indexed to)',
  'event HandoffConfirmed(uint256 indexed tokenId, address indexed from, address indexed to)',
  'event SaleListed(uint256 indexed tokenId, address indexed seller, uint256 price)',
  `event DeviceSold(${SOLD}, uint256 price, uint256 fee)`,
  'event Locked(uint256 tokenId)',
  'event Unlocked(uint256 tokenId)',
  'event DeviceDecommissioned(uint256 indexed tokenId, address indexed holder, string reason)',
])
