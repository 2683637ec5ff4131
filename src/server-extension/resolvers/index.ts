// graphql-server requires this path and takes every resolver class that loading it registers.
import 'reflect-metadata' // type-graphql's decorators need it before the first of them runs

export { CustodyChainResolver } from './custody-chain'
export { IndexerStatusResolver } from './indexer-status'
export { RecallLookupResolver } from './recall-lookup'
export {
  ConsigneeResolver,
  IncomingReceiverResolver,
  RecallTouchedUnitResolver,
} from './recall-parties'
export { VerifyDeviceResolver } from './verify-device'
