import { Command } from 'commander'
import { readDemoConfig } from '../config/environment'
import { runDemo } from '../demo/run-demo'

/** `devicetrail demo` */
export function demoCommand(): Command {
  return new Command('demo')
    .description('Run everything on this machine: database, chain, supply chain, indexer and API.')
    .action(async () => {
      await runDemo(readDemoConfig(process.env))
    })
}
